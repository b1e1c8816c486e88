using Holdfast.Database;
using Holdfast.People;
using Holdfast.Shell;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShell();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new Store(Environment.GetEnvironmentVariable("HOLDFAST_DATABASE") ?? ""));
builder.Services.AddPeople();
var app = builder.Build();
app.UseAuthentication();
app.UseShell();
app.UseAuthorization();
app.UseAntiforgery();
app.MapShell();
app.MapPeople();
app.MapGet("/health", () => "ok").AllowAnonymous();
app.Run();

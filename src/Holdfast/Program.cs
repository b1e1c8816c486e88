using Holdfast.Shell;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShell();
builder.Services.AddAuthentication();
builder.Services.AddAuthorization();
builder.Services.AddSingleton(TimeProvider.System);
var app = builder.Build();
app.UseAuthentication();
app.UseShell();
app.UseAuthorization();
app.UseAntiforgery();
app.MapShell();
app.MapGet("/health", () => "ok");
app.Run();

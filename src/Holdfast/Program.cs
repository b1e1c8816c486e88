using System.CommandLine;
using Holdfast.Brands;
using Holdfast.Database;
using Holdfast.Listening;
using Holdfast.Now;
using Holdfast.People;
using Holdfast.Shell;

if (args is ["import", ..])
{
    return await new RootCommand { ImportCommand.Create(OpenAsync) }.Parse(args).InvokeAsync();
}

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShell();
builder.Services.AddSingleton(TimeProvider.System);
var store = new Store(Environment.GetEnvironmentVariable("HOLDFAST_DATABASE") ?? "");
builder.Services.AddSingleton(store);
builder.Services.AddSingleton<Changes>();
builder.Services.AddHostedService(services => services.GetRequiredService<Changes>());
builder.Services.AddPeople();
builder.Services.AddNow();
builder.Services.AddBrands();
builder.Services.AddListening();
var app = builder.Build();
await Schema.ApplyAsync(store.DataSource, CancellationToken.None);
app.UseAuthentication();
app.UseShell();
app.UseAuthorization();
app.UseAntiforgery();
app.MapShell();
app.MapPeople();
app.MapBrands();
app.MapGet("/health", () => "ok").AllowAnonymous();
Console.WriteLine($"Setup code: {app.Services.GetRequiredService<SetupCode>().Text}");
app.Run();
return 0;

static async Task<Store> OpenAsync(CancellationToken cancel)
{
    var store = new Store(Environment.GetEnvironmentVariable("HOLDFAST_DATABASE") ?? "");
    await Schema.ApplyAsync(store.DataSource, cancel);
    return store;
}


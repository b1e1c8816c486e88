using Holdfast.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Situations;
using Holdfast.People;
using Holdfast.Responses;
using Holdfast.Situations;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.Browser.Tests.Responses;

/// <summary>One brand, and one post to answer in the middle of a conversation.</summary>
public sealed class ConversationScene : Site, IAsyncDisposable
{
    internal Talk Talk { get; private set; } = null!;

    internal string Path { get; private set; } = "";

    /// <summary>The page of a situation that began with the same post.</summary>
    internal string FirstAnswer { get; private set; } = "";

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await Talk.DisposeAsync();
        await DisposeAsync();
    }

    protected override async Task FillAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var ania = (await scope.ServiceProvider.GetRequiredService<PeopleDesk>().BeginAsync(new("Ania Nowak", "ania@example.org", "en", "Europe/Warsaw"), "a long enough sentence", default)).Value.Id;
        var brand = (await Services.GetRequiredService<BrandDesk>().CreateAsync(new("Aurelka", ["aurelka"], ["en"], "Europe/Warsaw", null), default)).Value.Id;
        Talk = await Talk.BeginAsync(this, brand);
        await Services.GetRequiredService<ReplyDesk>().AssignAsync(brand, Talk.Post, null, ania, default);
        Path = $"/answer/{brand.Value}/{Talk.Post.Value}";
        var situation = (await Services.GetRequiredService<SituationDesk>().DeclareAsync(new Declaration(brand, "Plastic in the yogurt", Level.One, "Photos are going round."), ania, default)).Value;
        await Services.GetRequiredService<OriginDesk>().SetAsync(situation, Talk.Post, ania, default);
        FirstAnswer = $"/situations/{situation.Value}/answer";
    }
}

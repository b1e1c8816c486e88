using System.Net;
using System.Text.RegularExpressions;
using Holdfast.Core.People;
using Holdfast.People;
using Holdfast.Testing;
using Holdfast.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Holdfast.App.Tests.People;

public sealed partial class SignInTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
    private AppHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AppHost.StartAsync(_time);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_new_installation_belongs_to_who_can_read_its_terminal()
    {
        using var stranger = new FormClient(_host.NewClient());
        Assert.Equal("/welcome", (await stranger.GetAsync("/sign-in")).To);
        var refused = await BeginAsync(stranger, "WRONG");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("id=\"setupCode-error\"", refused.Text, StringComparison.Ordinal);

        using var ania = new FormClient(_host.NewClient());
        Assert.Equal("/me/second-factor", (await BeginAsync(ania, Code)).To);
        Assert.Equal("/sign-in", (await BeginAsync(stranger, Code, from: "/sign-in")).To);
        Assert.Equal("/me/second-factor", (await ania.GetAsync("/people")).To);
        Assert.StartsWith("/sign-in", (await stranger.GetAsync("/people")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_opens_before_the_second_proof_and_then_a_code_is_good_once()
    {
        using var ania = new FormClient(_host.NewClient());
        await BeginAsync(ania, Code);
        Assert.Equal("/me/second-factor", (await ania.GetAsync("/people")).To);
        var secret = await ProtectAsync(ania);
        Assert.Equal(HttpStatusCode.OK, (await ania.GetAsync("/people")).Status);

        _time.Advance(Totp.Step);
        var code = Totp.Code(secret, Totp.StepAt(_time.GetUtcNow()));
        using var again = new FormClient(_host.NewClient());
        Assert.StartsWith("/sign-in/code", (await PasswordAsync(again, Password)).To, StringComparison.Ordinal);
        Assert.Equal("/", (await again.SendAsync("/sign-in/code", "/sign-in/code", ("code", code), ("to", "/"))).To);

        using var thief = new FormClient(_host.NewClient());
        await PasswordAsync(thief, Password);
        var replayed = await thief.SendAsync("/sign-in/code", "/sign-in/code", ("code", code));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.Status);
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/people")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        using var ania = new FormClient(_host.NewClient());
        await BeginAsync(ania, Code);
        var codes = new List<string>();
        await ProtectAsync(ania, codes);
        Assert.Equal(10, codes.Count);
        Assert.Equal("/", (await RecoverAsync(codes[0])).To);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RecoverAsync(codes[0])).Status);

        async Task<(HttpStatusCode Status, string Text, string? To)> RecoverAsync(string code)
        {
            using var client = new FormClient(_host.NewClient());
            await PasswordAsync(client, Password);
            return await client.SendAsync("/sign-in/code", "/sign-in/recovery", ("code", code));
        }
    }

    [Fact]
    public async Task Guessing_is_locked_out_and_the_right_password_does_not_help_then()
    {
        using var ania = new FormClient(_host.NewClient());
        await BeginAsync(ania, Code);
        using var guesser = new FormClient(_host.NewClient());
        for (var guess = 0; guess < 8; guess++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PasswordAsync(guesser, $"guess number {guess}")).Status);
        }

        var locked = await PasswordAsync(guesser, Password);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Status);
        Assert.Contains("Too many attempts", locked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_is_good_once_and_a_right_taken_away_is_gone_at_the_next_request()
    {
        using var ania = new FormClient(_host.NewClient());
        await BeginAsync(ania, Code);
        await ProtectAsync(ania);
        var shown = await ania.SendAsync("/people", "/people",
            ("name", "Tom"), ("mail", "tom@example.org"), ("permission", "Administer"), ("language", "en"), ("timeZone", "UTC"));
        var link = Link().Match(shown.Text).Groups[1].Value;

        using var tom = new FormClient(_host.NewClient());
        Assert.Equal("/me/second-factor", (await tom.SendAsync(link, link, ("password", Password))).To);
        Assert.Contains("was used or has expired", (await tom.GetAsync(link)).Text, StringComparison.Ordinal);
        await ProtectAsync(tom);
        Assert.Equal(HttpStatusCode.OK, (await tom.GetAsync("/people")).Status);

        var id = PersonIds().Matches((await ania.GetAsync("/people")).Text).Select(m => m.Groups[1].Value).Distinct().Last();
        await ania.SendAsync("/people", $"/people/{id}/permission", ("permission", "Read"));
        Assert.StartsWith("/no-permission", (await tom.GetAsync("/people")).To, StringComparison.Ordinal);
        await ania.SendAsync("/people", $"/people/{id}/leave");
        Assert.StartsWith("/sign-in", (await tom.GetAsync("/me")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        using var ania = new FormClient(_host.NewClient());
        await BeginAsync(ania, Code);
        await ProtectAsync(ania);
        var id = PersonIds().Match((await ania.GetAsync("/people")).Text).Groups[1].Value;
        var refused = await ania.SendAsync("/people", $"/people/{id}/permission", ("permission", "Read"));
        Assert.Contains("must stay administrator", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public void After_signing_in_one_never_lands_elsewhere(string to) => Assert.Equal("/", SignInApi.Local(to));

    [Fact]
    public async Task What_is_typed_comes_back_as_text_never_as_markup()
    {
        using var stranger = new FormClient(_host.NewClient());
        const string Script = "\"><script>alert(1)</script>";
        var refused = await stranger.SendAsync("/welcome", "/welcome",
            ("setupCode", Script), ("name", Script), ("mail", Script), ("password", Script), ("language", Script), ("timeZone", Script));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.DoesNotContain("<script>alert", refused.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", refused.Text, StringComparison.Ordinal);
    }

    private string Code => _host.Services.GetRequiredService<SetupCode>().Text;

    private static Task<(HttpStatusCode Status, string Text, string? To)> BeginAsync(FormClient client, string code, string from = "/welcome") =>
        client.SendAsync(from, "/welcome", ("setupCode", code), ("name", "Ania"), ("mail", "ania@example.org"),
            ("password", Password), ("language", "en"), ("timeZone", "Europe/Warsaw"));

    private static Task<(HttpStatusCode Status, string Text, string? To)> PasswordAsync(FormClient client, string password) =>
        client.SendAsync("/sign-in", "/sign-in", ("mail", "ANIA@example.org"), ("password", password));

    private async Task<byte[]> ProtectAsync(FormClient client, List<string>? codes = null)
    {
        var page = (await client.GetAsync("/me/second-factor")).Text;
        var secret = FromBase32(Typed().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        var set = await client.SendAsync("/me/second-factor", "/me/second-factor",
            ("secret", WebUtility.HtmlDecode(Sealed().Match(page).Groups[1].Value)), ("code", Totp.Code(secret, Totp.StepAt(_time.GetUtcNow()))));
        Assert.Equal(HttpStatusCode.OK, set.Status);
        codes?.AddRange(RecoveryCodes().Matches(set.Text).Select(m => m.Groups[1].Value));
        return secret;
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("<code>([A-Z2-7 ]+)</code>")]
    private static partial Regex Typed();

    [GeneratedRegex("name=\"secret\" value=\"([^\"]+)\"")]
    private static partial Regex Sealed();

    [GeneratedRegex("<li><code>([^<]+)</code>")]
    private static partial Regex RecoveryCodes();

    [GeneratedRegex("(/invitation/[A-Za-z0-9_-]+)")]
    private static partial Regex Link();

    [GeneratedRegex("/people/([0-9a-f-]{36})/permission")]
    private static partial Regex PersonIds();
}

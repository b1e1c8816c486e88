using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Holdfast.Core.Publishing;
using Holdfast.Drills.Simulators.Mastodon;
using Holdfast.Networks.Social;
using Holdfast.Networks.Social.Mastodon;

namespace Holdfast.Networks.Tests.Social.Mastodon;

/// <summary>
/// Nobody here wrote python3-mastodon or toot: what they make of the simulator shows whether it speaks Mastodon or only what our own
/// client expects.
/// </summary>
public sealed class OtherClientsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Python3_mastodon_posts_answers_schedules_reads_and_is_refused_as_by_a_real_server()
    {
        SkipUnless("/usr/lib/python3/dist-packages/mastodon/Mastodon.py", "python3-mastodon");
        await using var town = await Town.BuildAsync();
        town.Server.Limits = town.Server.Limits with { Processing = TimeSpan.FromSeconds(2) };
        town.World.Follow(town.Newsroom, town.Ola);
        var asked = town.World.Say(town.Ola, "@newsroom Is it true? #asked");

        var told = JsonNode.Parse(await RunAsync("/usr/bin/python3", [Script, "api", town.Server.Address.ToString()]))!;

        Assert.Equal(town.Newsroom.Token, Text(told["token"]));
        Assert.Equal([MastodonJson.Id(town.Newsroom.Id), "newsroom", "The newsroom"], Texts(told["me"]));
        Assert.Equal(("4.3.2", "500"), (Text(told["version"]), Text(told["limit"])));
        var posts = town.World.Statuses.Where(s => s.By == town.Newsroom).ToDictionary(s => s.Text);
        var first = posts["Hello again"];
        Assert.Equal([Id(first), Id(first)], Texts(told["first"]!).Take(2));
        Assert.Equal(["public", "pl", $"{town.Server.Address}@newsroom/{Id(first)}"], Texts(told["first"]!).Skip(3).Take(3));
        Assert.Equal("Hello from #Łódź, see https://www.example.org/a/long/way/to/go?x=1", HtmlText.Of(Text(told["first"]![2])));
        Assert.Equal("Hello from #Łódź, see https://www.example.org/a/long/way/to/go?x=1", Text(told["source"]));
        Assert.Equal(["łódź"], Texts(told["first"]![6]));
        var reply = posts["@ola Yes."];
        Assert.Equal((asked.Id, "An answer", "unlisted"), (reply.InReplyTo!.Value, reply.Warning, reply.Visibility));
        Assert.Equal([Id(reply), Id(asked)], Texts(told["reply"]).Take(2));
        Assert.Equal(Texts(told["answers"]), Texts(told["thread"]));
        Assert.Equal([Id(asked), Id(reply)], Texts(told["above"]));
        var thread = (await town.Reader.ThreadAsync(town.Account, new PostReference(Id(asked)), Cancel)).Value!;
        Assert.Equal(Texts(told["thread"]), thread.Answers.Select(answer => answer.Post.NetworkId));
        Assert.Equal(["Smoke", "image", "true"], Texts(told["picture"]));
        Assert.DoesNotContain("With a picture", posts.Keys);
        Assert.Equal(["mention", "ola", Id(asked)], Texts(told["notifications"]![0]));
        Assert.Contains(Id(asked), Texts(told["home"]));
        // What is public: the question, the first post and the one with the picture; the answers are unlisted.
        Assert.Equal(["2", "1", "3"], Texts(told["pages"]));
        Assert.Equal([Id(first)], Texts(told["found"]![0]));
        Assert.Equal(["ola"], Texts(told["found"]![1]));
        Assert.Equal(["MastodonNotFoundError", "404", "Record not found"], Texts(told["gone"]));
        Assert.Equal(["MastodonAPIError", "422", "Validation failed: Text can't be blank"], Texts(told["blank"]));
        Assert.Equal("Validation failed: Text character limit of 500 exceeded", Texts(told["long"])[2]);
        Assert.Equal("Validation failed: Scheduled at The scheduled date must be in the future", Texts(told["soon"])[2]);
        Assert.Equal("404", Texts(told["nothing"])[1]);
        Assert.Equal(["MastodonUnauthorizedError", "401", "The access token is invalid"], Texts(told["stranger"]));
        Assert.Equal(["300", "true"], Texts(told["remaining"]));

        // Both clients see the same scheduler.
        var listed = Assert.Single((await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!);
        Assert.Equal([listed.Id, "Later", "private", "Soon"], Texts(told["scheduled"]![0]));
        Assert.Equal(("Later", 3600.0), (listed.Text, told["moved"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Python3_mastodon_hears_in_its_stream_what_ours_hears()
    {
        SkipUnless("/usr/lib/python3/dist-packages/mastodon/Mastodon.py", "python3-mastodon");
        await using var town = await Town.BuildAsync();
        town.World.Follow(town.Newsroom, town.Ola);
        await using var ear = new Ear(town, MastodonChannel.Account);
        var theirs = RunAsync("/usr/bin/python3", [Script, "stream", town.Server.Address.ToString(), town.Newsroom.Token, "5"]);
        await ear.UntilAsync(_ => theirs.IsCompleted || (town.Server.Streams.Open == 2 && ear.Batches.Count(b => b.Trouble is null) > 1));
        var ours = await town.SentAsync(town.Post("We know."));
        var said = town.World.Say(town.Ola, "@newsroom Smoke!");
        town.World.Edit(said.Id, "@newsroom Much smoke!");
        town.World.Delete(said.Id);
        var told = JsonNode.Parse(await theirs)!.AsArray().Select(Texts).ToList();
        Assert.Equal(["update", ours.Id, "<p>We know.</p>"], told[0]);
        Assert.Equal(["update", "mention", "edit", "delete"], told.Skip(1).Select(t => t[0]));
        Assert.All(told.Skip(1), t => Assert.Equal(Id(said), t[1]));
        await ear.UntilAsync(e => e.Texts.Contains("@newsroom Much smoke!") && e.Batches.Any(b => b.DeletedIds.Contains(Id(said))));
        Assert.Contains("We know.", ear.Texts);
    }

    [Fact]
    public async Task Toot_posts_answers_schedules_and_reads()
    {
        SkipUnless("/usr/bin/toot", "toot");
        await using var town = await Town.BuildAsync();
        var home = Directory.CreateTempSubdirectory("holdfast-toot-").FullName;
        try
        {
            var picture = Path.Combine(home, "smoke.png");
            await File.WriteAllBytesAsync(picture, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3], Cancel);
            await ConfigureAsync(town, home);
            var asked = town.World.Say(town.Ola, "@newsroom Is it true?");

            Assert.Contains("newsroom", await TootAsync("whoami"), StringComparison.Ordinal);
            Assert.Contains("Toot posted", await TootAsync("post", "Yes, it is.", "--reply-to", Id(asked), "--language", "en", "--media", picture, "--description", "Smoke"), StringComparison.Ordinal);
            var posted = town.World.Statuses[^1];
            Assert.Equal(("Yes, it is.", (long?)asked.Id, "en", "Smoke"), (posted.Text, posted.InReplyTo, posted.Language, Assert.Single(posted.Media).Alt));
            Assert.NotNull(posted.Key);
            Assert.Contains("Toot scheduled", await TootAsync("post", "In an hour", "--scheduled-in", "1 hour"), StringComparison.Ordinal);
            Assert.Equal("In an hour", Assert.Single((await town.Publisher.ListScheduledAsync(town.Account, Cancel)).Value!).Text);
            Assert.Contains("must be in the future", await TootAsync("post", "In a minute", "--scheduled-in", "1 minute"), StringComparison.Ordinal);
            Assert.Contains("Is it true?", await TootAsync("notifications"), StringComparison.Ordinal);
            Assert.Contains("Is it true?", await TootAsync("timeline", "--public", "--once"), StringComparison.Ordinal);
            Assert.Contains("Yes, it is.", await TootAsync("thread", Id(asked)), StringComparison.Ordinal);
            Assert.Contains("ola", await TootAsync("search", "ola"), StringComparison.Ordinal);
            var ours = await town.SentAsync(town.Post("From Holdfast") with { Options = new PostOptions(Warning: "Careful") });
            Assert.Contains("From Holdfast", await TootAsync("thread", ours.Id), StringComparison.Ordinal);
            await TootAsync("delete", ours.Id);
            Assert.DoesNotContain(town.World.Statuses, s => s.Text == "From Holdfast");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }

        Task<string> TootAsync(params string[] arguments) => RunAsync("/usr/bin/toot", [.. arguments, "--no-color"], home, mayFail: true);
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "Social", "Mastodon", "visitor.py");

    private static async Task ConfigureAsync(Town town, string home)
    {
        var host = town.Server.Address.Authority;
        var config = new JsonObject
        {
            ["apps"] = new JsonObject { [host] = new JsonObject { ["instance"] = host, ["base_url"] = town.Server.Address.ToString().TrimEnd('/'), ["client_id"] = "client-id", ["client_secret"] = "client-secret" } },
            ["users"] = new JsonObject { [$"newsroom@{host}"] = new JsonObject { ["instance"] = host, ["username"] = "newsroom", ["access_token"] = town.Newsroom.Token } },
            ["active_user"] = $"newsroom@{host}",
        };
        Directory.CreateDirectory(Path.Combine(home, "toot"));
        await File.WriteAllTextAsync(Path.Combine(home, "toot", "config.json"), config.ToJsonString(), Cancel);
    }

    private static void SkipUnless(string file, string package) => Assert.SkipUnless(File.Exists(file), $"Debian's {package} is not installed; ./test installs it where it may.");

    private static async Task<string> RunAsync(string program, string[] arguments, string? home = null, bool mayFail = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["XDG_CONFIG_HOME"] = home ?? Path.GetTempPath();
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        Assert.True(mayFail || process.ExitCode == 0, await error);
        return await output + (mayFail ? await error : "");
    }

    private static string Id(SimulatedStatus status) => status.Id.ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node?.ToJsonString() ?? "";

    private static IReadOnlyList<string> Texts(JsonNode? node) => [.. node!.AsArray().Select(Text)];
}

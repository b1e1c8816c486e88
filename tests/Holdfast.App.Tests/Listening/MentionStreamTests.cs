using Dapper;
using Holdfast.Core.Listening;
using Holdfast.Core.Reading;
using Holdfast.Listening;
using Holdfast.Testing;

namespace Holdfast.App.Tests.Listening;

public sealed class MentionStreamTests
{
    private static readonly string[] Texts =
    [
        "Acme lost my bag", "ACME: Łódź is late again", "acme #AcmeFail 😡", "Coca-Cola at Acme", "coca cola, acme", "acme @united.bsky.social",
        "acme refunds, finally", "acme pre-refund", "acme 東京", "acme see https://acme.example/lost-bag", "acme money back now", "acme back money",
        "acme don't", "acme 737-800", "acme 1e5 x0x", "acme ümlaut STRASSE", "acme мама",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static MentionStream StreamOf(IntakeStage stage) => new(stage.Store, new FakeTime(IntakeStage.Noon.AddHours(1)));

    [Fact]
    public async Task Paging_shows_every_mention_once_also_where_many_are_of_one_instant()
    {
        await using var one = await IntakeStage.StartAsync("Acme");
        await one.HandInAsync([.. Enumerable.Range(0, 150).Select(i => one.Item($"p{i}", $"Acme number {i}", IntakeStage.Noon.AddMinutes(-(i / 60))))]);
        var filter = new MentionFilter { Brand = one.Target.Source.Brands.First().Value, Search = "number" };

        var seen = new List<MentionRow>();
        for (MentionKey? before = null; ;)
        {
            var page = await StreamOf(one).ReadAsync(filter with { Before = before }, Cancel);
            seen.AddRange(page.Mentions.Select(m => m.Mention));
            if ((before = page.Older) is null)
                break;
            Assert.Equal(before, MentionKey.Read(before.ToString()));
        }

        Assert.Equal(150, seen.Count);
        Assert.Equal(150, seen.DistinctBy(m => m.PostId).Count());
        Assert.Equal(seen.OrderByDescending(m => m.At).Select(m => m.At), seen.Select(m => m.At));
    }

    [Fact]
    public async Task The_search_finds_what_a_monitor_would()
    {
        await using var stage = await IntakeStage.StartAsync("Acme");
        await stage.HandInAsync([.. Texts.Select((text, i) => stage.Item($"t{i}", text))]);
        (string Search, int Found)[] cases =
        [
            ("łódź", 1),
            ("LODZ acme", 1),
            ("#acmefail", 1),
            ("fail", 1),
            ("😡", 1),
            ("coca-cola", 2),
            ("cocacola", 1),
            ("@united", 1),
            ("bsky", 1),
            ("refund*", 2),
            ("refund", 1),
            ("-refund* bag", 2),
            ("東京", 1),
            ("lost NEAR/2 bag", 2),
            ("\"money back\"", 1),
            ("has:link", 1),
            ("dont", 1),
            ("737-800 OR 1e5", 2),
            ("strasse umlaut", 1),
            ("мама", 1),
            ("ann acme", 17),
            ("nothing", 0),
        ];
        foreach (var (search, found) in cases)
        {
            var page = await StreamOf(stage).ReadAsync(new MentionFilter { Search = search }, Cancel);
            Assert.True(page.Refusal is null && page.Mentions.Count == found, $"{search}: {page.Mentions.Count}, not {found} {page.Refusal}");
        }
    }

    [Fact]
    public async Task The_index_never_loses_what_the_query_would_find()
    {
        await using var stage = await IntakeStage.StartAsync("Acme");
        await stage.HandInAsync([.. Texts.Select((text, i) => stage.Item($"t{i}", text, IntakeStage.Noon.AddDays(-3).AddSeconds(i)))]);
        await using var connection = await stage.Store.OpenAsync(Cancel);
        string[] words =
        [
            "acme", "lodz", "coca-cola", "\"coca cola\"", "refund*", "#acmefail", "@united.bsky.social", "@united", "😡", "東京", "back NEAR/1 money",
            "don't", "737*", "1e5", "x0x", "strasse", "мама", "has:link", "from:@ann", "lost-bag", "example",
        ];
        var queries = words.Concat(words.Select(w => $"-{w}")).Concat(words.Select(w => $"{w} OR late")).Concat(words.Select(w => $"acme ({w} OR -late)"));
        foreach (var text in queries)
        {
            var query = MonitorQuery.Parse(text).Value;
            var narrow = await CandidatesAsync(SearchTerms.Of(query.Root));
            var all = await CandidatesAsync(null);
            Assert.True(all.Where(query.Matches).SequenceEqual(narrow.Where(query.Matches)), text);
        }

        Task<IReadOnlyList<Post>> CandidatesAsync(string? terms) => StoredPostSql.CandidatesAsync(
            connection, [.. stage.Target.Source.Brands], terms, IntakeStage.Noon.AddDays(-9), IntakeStage.Noon, 1_000, Cancel);
    }

    [Fact]
    public async Task Filters_narrow_and_a_wrong_search_is_refused_at_its_place()
    {
        await using var stage = await IntakeStage.StartAsync("Filtered");
        await stage.HandInAsync([.. Enumerable.Range(0, 6).Select(i => stage.Item($"f{i}", $"filtered {i}"))]);
        var brand = stage.Target.Source.Brands.First().Value;
        await using var connection = await stage.Store.OpenAsync(Cancel);
        await connection.ExecuteAsync(
            """
            update mention m set class = case when p.network_id in ('f0', 'f1') then -1 else 1 end, intent = case p.network_id when 'f1' then 4 else 0 end,
              risk = case p.network_id when 'f2' then 5 when 'f3' then 4 else 0 end, language = case p.network_id when 'f4' then 'pl' else 'en' end
            from post p where p.id = m.post_id and m.brand_id = @brand
            """, new { brand });
        var all = new MentionFilter { Brand = brand };

        Assert.Equal(6, await CountAsync(all));
        Assert.Equal(2, await CountAsync(all with { Class = SentimentClass.Negative }));
        Assert.Equal(1, await CountAsync(all with { Class = SentimentClass.Negative, Intent = Intent.HarmReport }));
        Assert.Equal(2, await CountAsync(all with { Risk = 4 }));
        Assert.Equal(1, await CountAsync(all with { Risk = 5 }));
        Assert.Equal(1, await CountAsync(all with { Language = "pl" }));
        Assert.Equal(6, await CountAsync(all with { Network = "x" }));
        Assert.Equal(0, await CountAsync(all with { Network = "bluesky" }));
        Assert.Equal(0, await CountAsync(new MentionFilter { Brand = Guid.Empty }));
        var refused = await StreamOf(stage).ReadAsync(all with { Search = "a AND" }, Cancel);
        Assert.Equal(("query.missing-term", 2), (refused.Refusal?.Code, refused.Refusal?.Position));

        async Task<int> CountAsync(MentionFilter filter) => (await StreamOf(stage).ReadAsync(filter, Cancel)).Mentions.Count;
    }
}

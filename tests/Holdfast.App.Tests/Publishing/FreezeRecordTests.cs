using Holdfast.App.Tests.Situations;
using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.People;
using Holdfast.Core.Publishing;
using Holdfast.Core.Situations;
using Holdfast.Database;
using Holdfast.Freezing;
using Holdfast.Networks.Social.Practice;
using Holdfast.Publishing;
using Holdfast.Situations;
using Holdfast.Testing.Database;
using Microsoft.AspNetCore.DataProtection;

namespace Holdfast.App.Tests.Publishing;

/// <summary>What freezes did stands on the timelines, once, whoever dies in between.</summary>
public sealed class FreezeRecordTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    private static readonly PersonId Person = new(new Guid(7, 7, 7, new byte[8]));

    [Fact]
    public async Task A_freeze_its_certificate_and_its_lift_stand_on_the_timeline_of_every_situation_that_was_open()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var (first, second, over) = (await OpenAsync(house), await OpenAsync(house), await OpenAsync(house));
        _ = (await Situations(house).ActAsync(over, Person, (s, _) => SituationDecisions.Dismiss(s, DismissalReason.FalseAlarm, null), PublishingHouse.Cancel)).Value;
        await house.ScheduleAsync(TimeSpan.FromHours(1));
        var freeze = await house.FreezeAsync();
        await TellAsync(house);
        _ = (await house.Freezes.LiftAsync(freeze.Id, "Calm again.", PublishingHouse.Someone, PublishingHouse.Cancel)).Value;
        await TellAsync(house);

        foreach (var situation in (SituationId[])[first, second])
        {
            var told = await ToldAsync(house, situation);
            Assert.Equal(new FreezePlaced(freeze.Id.Value, freeze.PlacedAt, "everything", null, "A fire.", 1, 0), told[0].Event);
            Assert.Equal(PublishingHouse.Someone, told[0].Who);
            var certified = Assert.IsType<FreezeCertified>(told[1].Event);
            Assert.Equal((1, 0, 0), (certified.Held, certified.Left, certified.Open));
            Assert.Equal(new FreezeLifted(freeze.Id.Value, house.Time.GetUtcNow(), "everything", null, "Calm again."), told[2].Event);
            Assert.Equal(3, told.Count);
        }

        Assert.Empty(await ToldAsync(house, over));
    }

    [Fact]
    public async Task The_kept_certificate_is_the_one_whose_number_stands_on_the_timeline_and_is_as_it_was_signed()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var situation = await OpenAsync(house);
        var freeze = await house.FreezeAsync();
        await TellAsync(house);
        await using var connection = await house.Store.OpenAsync(PublishingHouse.Cancel);
        var kept = Assert.Single(await FreezeRecordSql.KeptAsync(connection, freeze.Id, PublishingHouse.Cancel));
        var signed = Json.Read<SignedCertificate>((await FreezeRecordSql.SignedAsync(connection, freeze.Id, kept.Id, PublishingHouse.Cancel))!);
        Assert.True(signed.IsIntact());
        Assert.Equal(signed.Sha256(), (await ToldAsync(house, situation)).Select(entry => entry.Event).OfType<FreezeCertified>().Single().Sha256);
    }

    [Fact]
    public async Task The_certificate_waits_for_what_had_left_and_is_signed_with_it_open_where_that_takes_long()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var situation = await OpenAsync(house);
        var post = await house.ScheduleAsync();
        var claimed = (await house.Sending.ClaimAsync(PublishingHouse.Cancel)).Claimed!;
        Assert.Equal(PostReason.Leaves, await house.Sending.DepartAsync(post.Id, claimed.Post.Fence, PublishingHouse.Cancel));
        await house.FreezeAsync();
        await TellAsync(house);
        Assert.Equal([1L], (await ToldAsync(house, situation)).Select(entry => ((FreezePlaced)entry.Event).Settling));
        house.Time.Advance(TimeSpan.FromMinutes(11));
        await TellAsync(house);
        await house.Sending.SettleAsync(claimed, new SendResult.Sent(new PostReference("there")), PublishingHouse.Cancel);
        await TellAsync(house);
        await TellAsync(house);
        Assert.Equal(
            [(0, 1), (1, 0)],
            (await ToldAsync(house, situation)).Select(entry => entry.Event).OfType<FreezeCertified>().Select(certified => (certified.Left, certified.Open)));
    }

    [Fact]
    public async Task A_level_tells_its_own_situation_and_two_who_lift_are_both_named()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var situation = await OpenAsync(house);
        _ = (await Situations(house).ActAsync(situation, Person, (s, _) => SituationDecisions.Raise(s, Level.Four, "It is worse."), PublishingHouse.Cancel)).Value;
        var freeze = Assert.Single(await StandingAsync(house));
        _ = (await house.Freezes.LiftAsync(freeze.Id, "Calm.", PublishingHouse.Someone, PublishingHouse.Cancel)).Value;
        _ = (await house.Freezes.LiftAsync(freeze.Id, "I agree.", PublishingHouse.Another, PublishingHouse.Cancel)).Value;
        await TellAsync(house);
        var told = (await ToldAsync(house, situation)).Where(entry => entry.Event is not FreezeCertified).ToList();
        Assert.Equal([typeof(FreezePlaced), typeof(FreezeLiftAsked), typeof(FreezeLifted)], told.Select(entry => entry.Event.GetType()));
        Assert.Equal([Actor.Parse("plan"), PublishingHouse.Someone, PublishingHouse.Another], told.Select(entry => entry.Who));
        Assert.Equal("Calm.", ((FreezeLiftAsked)told[1].Event).Reason);
    }

    [Fact]
    public async Task Another_brands_situation_is_not_told_of_what_does_not_concern_it()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var brand = new BrandId(Ids.New(house.Time));
        await house.ExecuteAsync(
            "insert into brand (id, name, time_zone, created_at) values (@brand, @name, 'Europe/Warsaw', @Noon)", new { brand, name = $"Other {brand.Value}", PublishingHouse.Noon });
        var (ours, other) = (await OpenAsync(house), await OpenAsync(house, brand));
        foreach (var scope in (FreezeScope[])
            [new FreezeScope.OfBrand(house.Brand), new FreezeScope.OfAccount(house.Account.Id), new FreezeScope.OfNetwork(PracticePublisher.Name), new FreezeScope.OfNetwork("elsewhere")])
        {
            await house.FreezeAsync(scope);
        }

        await TellAsync(house);
        Assert.Equal(["brand", "account", "network"], (await ToldAsync(house, ours)).Select(entry => entry.Event).OfType<FreezePlaced>().Select(placed => placed.Kind));
        Assert.Empty(await ToldAsync(house, other));
    }

    [Fact]
    public async Task Who_dies_between_the_entry_and_its_mark_leaves_it_to_be_written_once_by_another()
    {
        await using var house = await PublishingHouse.NewAsync(database);
        var situation = await OpenAsync(house);
        await house.FreezeAsync();
        await using (var dies = await house.Store.OpenAsync(PublishingHouse.Cancel))
        await using (var transaction = await dies.BeginTransactionAsync(PublishingHouse.Cancel))
        {
            var row = (await FreezeRecordSql.TakeAsync(transaction, PublishingHouse.Cancel))!;
            await TimelineSql.AppendAsync(transaction, row.SituationId, new Noted("half"), Actor.Clock, house.Time.GetUtcNow(), PublishingHouse.Cancel);
            // Meanwhile nobody else writes it, nor what comes after it.
            Assert.False(await Records(house).TellAsync(PublishingHouse.Cancel));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TellAsync(house), PublishingHouse.Cancel)));
        Assert.Equal([typeof(FreezePlaced), typeof(FreezeCertified)], (await ToldAsync(house, situation)).Select(entry => entry.Event.GetType()));
    }

    private static SituationDesk Situations(PublishingHouse house) => new(house.Store, new PageCalls(), new LevelFreezes(house.Freezes), house.Time);

    private static async Task<SituationId> OpenAsync(PublishingHouse house, BrandId? brand = null) =>
        (await Situations(house).DeclareAsync(new Declaration(brand ?? house.Brand, "Kettles explode", Level.Three, "Seen it."), Person, PublishingHouse.Cancel)).Value;

    private static FreezeRecordDesk Records(PublishingHouse house) => new(
        house.Store,
        new CertificateDesk(house.Store, new SchedulerDesk(house.Store, house.Networks, house.Accounts, house.Time), DataProtectionProvider.Create("tests"), house.Time),
        house.Time);

    private static async Task TellAsync(PublishingHouse house)
    {
        var desk = Records(house);
        while (await desk.TellAsync(PublishingHouse.Cancel))
        {
        }

        await desk.CertifyAsync(PublishingHouse.Cancel);
        while (await desk.TellAsync(PublishingHouse.Cancel))
        {
        }
    }

    private static async Task<IReadOnlyList<Freeze>> StandingAsync(PublishingHouse house)
    {
        await using var connection = await house.Store.OpenAsync(PublishingHouse.Cancel);
        return (await GateSql.ReadAsync(connection, null, PublishingHouse.Cancel)).InForce;
    }

    /// <summary>The entries about freezes.</summary>
    private static async Task<IReadOnlyList<TimelineEntry>> ToldAsync(PublishingHouse house, SituationId situation)
    {
        await using var connection = await house.Store.OpenAsync(PublishingHouse.Cancel);
        return [.. (await TimelineSql.EntriesAsync(connection, situation, PublishingHouse.Cancel)).Where(entry => entry.Event is FreezeEvent)];
    }
}

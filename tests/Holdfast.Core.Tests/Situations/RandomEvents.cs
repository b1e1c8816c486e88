using Holdfast.Core.Brands;
using Holdfast.Core.Detection;
using Holdfast.Core.Listening;
using Holdfast.Core.People;
using Holdfast.Core.Situations;

namespace Holdfast.Core.Tests.Situations;

/// <summary>Events of every kind with random content, sensible or not; a new kind of event must be added here.</summary>
internal static class RandomEvents
{
    public const int Kinds = 56;

    public static TimelineEvent Next(Random random) => Of(random.Next(Kinds), random);

    public static TimelineEvent Of(int kind, Random random)
    {
        var level = (Level)random.Next(1, 6);
        var other = (Level)random.Next(1, 6);
        var person = new PersonId(Make.Id(random.Next(100, 105)));
        var signal = new SignalId(Make.Id(random.Next(200, 206)));
        var entry = random.Next(0, 40);
        var at = Make.Noon.AddMinutes(random.Next(-600, 600));
        string? maybe = random.Next(2) == 0 ? null : "słowa \"i\" <więcej> 🔥";
        Figure[] figures = [new("people", random.Next(1, 50), "h")];
        return kind switch
        {
            0 => new Opened(new BrandId(Make.Id(1)), "Title", level, (SignalKind)random.Next(9), maybe is null ? null : new TopicId(Make.Id(5)), maybe),
            1 => new Renamed("Other"),
            2 => new TopicAdopted(new TopicId(Make.Id(6)), "Topic"),
            3 => new SignalJoined(signal, SignalKind.Spike, "rule", level, other, new MonitorId(Make.Id(8)), null, at, at, figures, [new PostId(Make.Id(9))]),
            4 => new SignalGrew(signal, level, other, at, figures),
            5 => new LevelProposed(level, "rule", maybe is null ? null : signal, maybe is null ? null : at),
            6 => new LevelConfirmed(level),
            7 => new LevelTookEffect(level),
            8 => new Overruled(level, "no"),
            9 => new LevelRaised(other, level, maybe, maybe is null ? "rule" : null),
            10 => new LevelLowered(other, level, maybe),
            11 => new LeadTaken(person, maybe is null ? null : person),
            12 => new LeadHandedOver(person, null, "note"),
            13 => new Contained(maybe),
            14 => new Reopened(maybe),
            15 => new Resolved("over"),
            16 => new Closed(maybe),
            17 => new Dismissed((DismissalReason)random.Next(4), maybe),
            18 => new MergedInto(Make.Situation(random.Next(1, 4)), "same"),
            19 => new MergedFrom(Make.Situation(2), "Bags", level, "same"),
            20 => new TaskAdded("do", maybe is null ? null : person, maybe is null ? null : at),
            21 => new TaskDone(entry),
            22 => new TaskDropped(entry, "no need"),
            23 => new DecisionTaken("refund all", "cheaper than court"),
            24 => new KnownChanged((Board)random.Next(3), maybe, random.Next(2) == 0 ? null : entry),
            25 => new PromiseMade("update", at),
            26 => new PromiseKept(entry),
            27 => new Noted("words"),
            28 => new EntryStruckThrough(entry, "wrong"),
            29 => new PageStarted(Make.Id(300), level, "policy", random.Next(2) == 0),
            30 => new PageGrew(Make.Id(300), level, entry),
            31 => new PageAttempted(Make.Id(300), Make.Id(301), person, "Mail", 1, 2, "Rejected", maybe, random.Next(2) == 0),
            32 => new PageAcknowledged(Make.Id(300), person, "Link"),
            33 => new PageLapsed(Make.Id(300), maybe is null ? null : person),
            34 => new PageExhausted(Make.Id(300), 20),
            35 => new PageVoided(Make.Id(300), "Resolved"),
            36 => new ReplyWritten(Make.Id(400), "bluesky", "@a", "words", maybe is null),
            37 => new RepliedElsewhere("x", "@a", "by telephone", maybe is null),
            38 => new ReplyLeft("x", "@a", "spam"),
            39 => new ReplyOverdue("x", "@a", "Lead"),
            40 => new StatementSubmitted(Make.Id(401), "Holding", 2),
            41 => new StatementApproved(Make.Id(401), "Holding", maybe is null ? person : null, maybe, "00ff"),
            42 => new StatementRefused(Make.Id(401), "Holding", person, maybe, "too vague"),
            43 => new GlassBroken(Make.Id(401), "Holding", "nobody answers", "00ff"),
            44 => new StatementWaits(Make.Id(401), "Holding"),
            45 => new StatementPublished(Make.Id(401), "Holding", ["bluesky @aurelka"], "words"),
            46 => new StatementWithdrawn(Make.Id(401), "Holding", "not needed"),
            47 => new OriginOverridden("it is deleted"),
            48 => new DeletionAsked(Make.Id(402), "words", "wrong"),
            49 => new DeletionDecided(Make.Id(402), maybe is null, maybe),
            50 => new FreezePlaced(Make.Id(403), at, "brand", maybe, "a fire", 12, 1),
            51 => new FreezeLiftAsked(Make.Id(403), "everything", maybe, "calm again"),
            52 => new FreezeLifted(Make.Id(403), at, "account", maybe, "calm again"),
            53 => new FreezeCertified(Make.Id(403), 12, 1, 0, "00ff"),
            54 => new OriginSet(new PostId(Make.Id(404)), "bluesky", "@a", "words", maybe),
            _ => new DeletionEnded(Make.Id(402), "Rejected", maybe),
        };
    }
}

using System.Globalization;
using Holdfast.Core.Situations;
using Holdfast.Shell;

namespace Holdfast.Situations;

/// <summary>Every kind of entry as a sentence. What people wrote stands as they wrote it.</summary>
internal static class TimelineWords
{
    public static string Who(Actor actor, RoomView room, Words<RoomPage> T) =>
        actor.Person is { } person ? room.Name(person) : T[$"who.{actor.Text}"];

    public static string Of(TimelineEntry entry, RoomView room, Words<RoomPage> T) => entry.Event switch
    {
        Opened { Reason: { } reason } e => T["event.declared", (int)e.Level, reason],
        Opened e => T["event.opened", (int)e.Level],
        Renamed e => T["event.renamed", e.Title],
        TopicAdopted e => T["event.topic", e.Title],
        SignalJoined e => T["event.signal", (int)e.Level, SignalWords.Because(e.Kind, e.Figures, T), e.Rule],
        SignalGrew e => Grew(e, room, T),
        LevelProposed e => T["event.proposed", (int)e.Level, e.Rule],
        LevelConfirmed e => T["event.confirmed", (int)e.Level],
        LevelTookEffect e => T["event.took-effect", (int)e.Level],
        Overruled e => T["event.overruled", (int)e.Level, e.Reason],
        LevelRaised { Reason: { } reason } e => T["event.raised", (int)e.From, (int)e.To, reason],
        LevelRaised e => T["event.raised.rule", (int)e.From, (int)e.To, e.Rule],
        LevelLowered { Reason: { } reason } e => T["event.lowered", (int)e.From, (int)e.To, reason],
        LevelLowered e => T["event.cooled", (int)e.From, (int)e.To],
        LeadTaken e => T["event.lead", room.Name(e.Lead)],
        LeadHandedOver e => T["event.handed", room.Name(e.To), e.Note],
        Contained e => T["event.contained"] + Tail(e.Note),
        Reopened { Reason: { } reason } => T["event.reopened", reason],
        Reopened => T["event.reopened.rule"],
        Resolved e => T["event.resolved", e.Reason],
        Closed e => T["event.closed"] + Tail(e.Note),
        Dismissed e => T["event.dismissed", T[$"dismissal.{e.Reason}"]] + Tail(e.Note),
        MergedInto e => T["event.merged-into", e.Reason],
        MergedFrom e => T["event.merged-from", e.Title, e.Reason],
        TaskAdded e => T["event.task", e.Text] + (e.Owner is { } owner ? T["event.task.for", room.Name(owner)] : ""),
        TaskDone e => T["event.task.done", Task(room, e.Task)],
        TaskDropped e => T["event.task.dropped", Task(room, e.Task), e.Reason],
        DecisionTaken e => T["event.decided", e.Decision, e.Reason],
        KnownChanged { Text: null } e => T["event.line.gone", T[$"board.{e.Board}"], Line(room, e.Replaces)],
        KnownChanged e => T["event.line", T[$"board.{e.Board}"], e.Text],
        PromiseMade e => T["event.promised", e.Text, Clock(room, e.Due)],
        PromiseKept e => T["event.kept", room.Situation.Promises.GetValueOrDefault(e.Promise)?.Text],
        Noted e => e.Text,
        EntryStruckThrough e => T["event.struck", e.Entry, e.Reason],
        _ => Page(entry.Event, room, T),
    };

    private static string Page(TimelineEvent e, RoomView room, Words<RoomPage> T) => e switch
    {
        PageStarted { ToConfirm: true } page => T["event.page.confirm", (int)page.Level],
        PageStarted page => T["event.page.started", (int)page.Level],
        PageGrew page => T.Count("event.page.grew", page.Signals),
        PageAttempted page => T[$"event.page.{page.Outcome}", room.Name(page.Person), page.Way] + Tail(page.Detail) + (page.PossibleRepeat ? T["event.page.repeat"] : ""),
        PageAcknowledged page => T["event.page.acknowledged", room.Name(page.Person)],
        PageLapsed => T["event.page.lapsed"],
        PageExhausted page => T.Count("event.page.exhausted", page.Rounds),
        PageVoided page => T["event.page.voided", T[$"void.{page.Reason}"]],
        _ => ResponseWords(e, room, T),
    };

    private static string ResponseWords(TimelineEvent e, RoomView room, Words<RoomPage> T) => e switch
    {
        ReplyWritten { Origin: true } reply => T["event.reply.origin", reply.To, NetworkMark.Of(reply.Network), reply.Text],
        ReplyWritten reply => T["event.reply", reply.To, NetworkMark.Of(reply.Network), reply.Text],
        RepliedElsewhere reply => T["event.reply.elsewhere", reply.To, NetworkMark.Of(reply.Network), reply.How],
        ReplyLeft left => T["event.reply.left", left.To, NetworkMark.Of(left.Network), left.Reason],
        ReplyOverdue late => T["event.reply.late", late.To, NetworkMark.Of(late.Network), T[$"duty.{late.Duty}"]],
        StatementSubmitted said => T["event.statement.submitted", T[$"kind.{said.Kind}"]],
        StatementApproved said => T["event.statement.approved", T[$"kind.{said.Kind}"], said.Guest ?? room.Name(said.Person)],
        StatementRefused said => T["event.statement.refused", T[$"kind.{said.Kind}"], said.Guest ?? room.Name(said.Person), said.Reason],
        GlassBroken glass => T["event.statement.glass", T[$"kind.{glass.Kind}"], glass.Reason],
        StatementWaits said => T["event.statement.waits", T[$"kind.{said.Kind}"]],
        StatementPublished { Places.Count: 0 } said => T["event.statement.ready", T[$"kind.{said.Kind}"], said.Text],
        StatementPublished said => T["event.statement.published", T[$"kind.{said.Kind}"], string.Join(", ", said.Places), said.Text],
        StatementWithdrawn said => T["event.statement.withdrawn", T[$"kind.{said.Kind}"], said.Reason],
        OriginSet origin => T["event.origin.set", origin.To, NetworkMark.Of(origin.Network), origin.Text],
        OriginOverridden origin => T["event.origin", origin.Reason],
        DeletionAsked deletion => T["event.deletion.asked", deletion.What, deletion.Reason],
        DeletionDecided { Agreed: true } => T["event.deletion.agreed"],
        DeletionDecided => T["event.deletion.kept"],
        DeletionEnded end => T[$"event.deletion.{end.Outcome}"] + Tail(end.Why),
        _ => FreezeWords(e, T),
    };

    private static string FreezeWords(TimelineEvent e, Words<RoomPage> T) => e switch
    {
        FreezePlaced f => T["event.frozen", T[$"freeze.{f.Kind}", f.Name], f.Reason, T.Count("event.frozen.held", f.Held)] + (f.Settling > 0 ? T.Count("event.frozen.settling", f.Settling) : ""),
        FreezeLiftAsked f => T["event.freeze.lift-asked", T[$"freeze.{f.Kind}", f.Name], f.Reason],
        FreezeLifted f => T["event.freeze.lifted", T[$"freeze.{f.Kind}", f.Name], f.Reason],
        FreezeCertified { Open: 0 } f => T["event.freeze.certified", f.Held, f.Left, f.Sha256],
        FreezeCertified f => T["event.freeze.certified.open", f.Held, f.Left, f.Open, f.Sha256],
        _ => TimelineJson.KindOf(e),
    };

    private static string Grew(SignalGrew e, RoomView room, Words<RoomPage> T) =>
        room.Situation.Signals.TryGetValue(e.Signal, out var signal)
            ? T["event.grew", SignalWords.Because(signal.Kind, e.Figures, T)]
            : TimelineJson.KindOf(e);

    private static string Task(RoomView room, int task) => room.Situation.Tasks.GetValueOrDefault(task)?.Text ?? "?";

    private static string Line(RoomView room, int? line) =>
        room.Timeline.FirstOrDefault(entry => entry.Seq == line)?.Event is KnownChanged { Text: { } text } ? text : "?";

    private static string Tail(string? note) => string.IsNullOrEmpty(note) ? "" : " " + note;

    private static string Clock(RoomView room, DateTimeOffset at) => Zones.In(room.Brand.Zone, at).ToString("HH:mm", CultureInfo.CurrentCulture);
}

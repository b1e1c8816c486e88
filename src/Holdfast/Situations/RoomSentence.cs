using System.Globalization;
using Holdfast.Core.Situations;
using Holdfast.Shell;

namespace Holdfast.Situations;

/// <summary>The room in words that a chief executive could read aloud.</summary>
internal static class RoomSentence
{
    public static string Of(RoomView room, Words<RoomPage> T)
    {
        var situation = room.Situation;
        var since = Clock(room, situation.OpenedAt);
        string[] parts =
        [
            situation.State switch
            {
                SituationState.Resolved or SituationState.Closed => T["sentence.resolved", situation.Title, Clock(room, Ended(room))],
                SituationState.Dismissed => T["sentence.dismissed", situation.Title, Clock(room, Ended(room))],
                SituationState.Contained => T["sentence.contained", situation.Title, (int)situation.Level, since],
                _ => T["sentence.open", situation.Title, (int)situation.Level, since],
            },
            !situation.IsLive ? "" : situation.Lead is { } lead ? T["sentence.led", room.Name(lead)] : T["sentence.unled"],
            situation.IsLive && room.Owed is { } owed
                ? T[owed.Due < room.At ? "sentence.overdue" : "sentence.owed", owed.Text, Clock(room, owed.Due)]
                : "",
        ];
        var text = string.Join(' ', parts.Where(part => part.Length > 0));
        return char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..];
    }

    /// <summary>When it ended: the last entry that changed its state.</summary>
    private static DateTimeOffset Ended(RoomView room) =>
        room.Timeline.LastOrDefault(entry => entry.Event is Resolved or Dismissed or MergedInto)?.At ?? room.Situation.ChangedAt;

    private static string Clock(RoomView room, DateTimeOffset at)
    {
        var local = Zones.In(room.Brand.Zone, at);
        var today = Zones.In(room.Brand.Zone, room.At).Date == local.Date;
        return local.ToString(today ? "HH:mm" : "d MMM HH:mm", CultureInfo.CurrentCulture);
    }
}

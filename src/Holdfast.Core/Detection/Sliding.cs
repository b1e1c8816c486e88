namespace Holdfast.Core.Detection;

/// <summary>Windows over posts in order of time.</summary>
internal static class Sliding
{
    /// <summary>
    /// For each minute that posts of the changed minutes reach and in which something was said: everything in the window that ends with it.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Mention>> Minutes(IReadOnlyList<Mention> mentions, TimeSpan window, MinuteSpan changed)
    {
        var first = 0;
        for (var index = 0; index < mentions.Count; index++)
        {
            var minute = Detection.Minutes.Floor(mentions[index].At);
            var lastOfMinute = index + 1 == mentions.Count || Detection.Minutes.Floor(mentions[index + 1].At) != minute;
            if (!lastOfMinute || minute < changed.From || minute >= changed.To + window)
            {
                continue;
            }

            while (Detection.Minutes.Floor(mentions[first].At) <= minute - window)
            {
                first++;
            }

            yield return [.. mentions.Skip(first).Take(index - first + 1)];
        }
    }
}

using System.Collections.Frozen;

namespace Holdfast.Core.Reading;

/// <summary>The mood of common emoji as we read them: our own short list, so that it works in every language.</summary>
internal static class EmojiMood
{
    private const string Happy = "😀😃😄😁😊🙂😇🥰😍🤩😘😗😚😙😋😎🤗🥳😻❤💕💖💗💘💙💚💛💜🧡🤍💝💞💓👍👏🙌🎉🎊✨⭐🌟💪🙏👌🤝☀🌈🏆🥇💯🔥🫶☺😌🤞💐🌹😂🤣😹😆😅";
    private const string Sad = "😠😡🤬😤😒🙄😞😔😟😕🙁☹😣😖😫😩🥺😢😭😨😰😱😓🤢🤮🤧🤕🤒💔👎🖕😑😐🤦🤡💩😾😿🗑⛔🚫☠💀🥱😬🤥😷🆘⚠";
    private const string Laughter = "😂🤣😹😆😅😜😝🤪😛💀☠";

    private static readonly FrozenDictionary<int, int> Moods = Build();
    private static readonly FrozenSet<int> Laughing = Laughter.EnumerateRunes().Select(r => r.Value).ToFrozenSet();

    /// <returns>1, 0 or −1.</returns>
    public static int Of(int rune) => Moods.GetValueOrDefault(rune);

    public static bool Laughs(int rune) => Laughing.Contains(rune);

    private static FrozenDictionary<int, int> Build() =>
        Happy.EnumerateRunes().Select(r => (r.Value, Mood: 1)).Concat(Sad.EnumerateRunes().Select(r => (r.Value, Mood: -1)))
            .DistinctBy(p => p.Value).ToFrozenDictionary(p => p.Value, p => p.Mood);
}

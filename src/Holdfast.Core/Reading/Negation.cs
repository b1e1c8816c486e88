namespace Holdfast.Core.Reading;

/// <summary>Words that turn what follows into its opposite, English and Polish, folded.</summary>
internal static class Negation
{
    public static bool Is(ReadOnlySpan<char> word) => word switch
    {
        "not" or "no" or "never" or "nobody" or "none" or "nothing" or "neither" or "nor" or "without" or "cannot" or "hardly" or "zero" => true,
        "dont" or "doesnt" or "didnt" or "wont" or "wouldnt" or "cant" or "couldnt" or "isnt" or "arent" or "wasnt" or "werent" or "hasnt" or "havent" or "hadnt" or "aint" or "shouldnt" => true,
        "nie" or "bez" or "nikt" or "nikogo" or "nikomu" or "nic" or "nigdy" or "zaden" or "zadna" or "zadne" or "zadnych" or "zadnego" or "zadnej" or "ani" or "brak" => true,
        _ => word.EndsWith("n't", StringComparison.Ordinal),
    };
}

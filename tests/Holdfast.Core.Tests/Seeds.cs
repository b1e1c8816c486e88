using System.Globalization;

namespace Holdfast.Core.Tests;

/// <summary>The same seed each run, so that a red run is red again; <c>HOLDFAST_SEED</c> gives another, <c>any</c> one by chance.</summary>
internal static class Seeds
{
    private const int Usual = 20150222;

    public static int Next()
    {
        var seed = Environment.GetEnvironmentVariable("HOLDFAST_SEED") switch
        {
            null or "" => Usual,
            "any" => Environment.TickCount,
            var asked => int.Parse(asked, CultureInfo.InvariantCulture),
        };
        TestContext.Current.TestOutputHelper?.WriteLine($"HOLDFAST_SEED={seed}");
        return seed;
    }
}

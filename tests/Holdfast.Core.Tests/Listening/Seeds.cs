using System.Globalization;

namespace Holdfast.Core.Tests.Listening;

/// <summary>Another seed each run; <c>HOLDFAST_SEED</c> repeats one. Every failure message names it.</summary>
internal static class Seeds
{
    public static int Next()
    {
        var asked = Environment.GetEnvironmentVariable("HOLDFAST_SEED");
        var seed = asked is null ? Environment.TickCount : int.Parse(asked, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"HOLDFAST_SEED={seed}");
        return seed;
    }
}

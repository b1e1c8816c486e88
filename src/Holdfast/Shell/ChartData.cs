namespace Holdfast.Shell;

/// <summary>What charts.ts draws: one line, the band it is expected in, a forecast, limits and marks. Times are Unix milliseconds.</summary>
/// <param name="Zone">The brand's, by IANA name: the axis is in its time.</param>
public sealed record ChartData(
    string Unit,
    ChartSeries Series,
    string Zone,
    ChartBand? Expected = null,
    ChartForecast? Forecast = null,
    IReadOnlyList<ChartThreshold>? Thresholds = null,
    IReadOnlyList<ChartMark>? Marks = null,
    IReadOnlyList<ChartStretch>? Blind = null)
{
    public static double?[] Point(DateTimeOffset at, double? value) => [at.ToUnixTimeMilliseconds(), value];

    public static double[] Point(DateTimeOffset at, double value) => [at.ToUnixTimeMilliseconds(), value];
}

/// <param name="Points">A value that is null is a gap: nothing is known of it.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?[]> Points);

public sealed record ChartBand(string Name, IReadOnlyList<double[]> Low, IReadOnlyList<double[]> High);

public sealed record ChartForecast(string Name, IReadOnlyList<double[]> Points, IReadOnlyList<double[]> Low, IReadOnlyList<double[]> High);

/// <summary>A limit of a rule, drawn in the colour of the level it asks for.</summary>
public sealed record ChartThreshold(string Name, double Value, int Level);

/// <summary>Something that happened at a moment: a page, an answer, a change of level.</summary>
public sealed record ChartMark(string Name, long At, int? Level = null);

/// <summary>A time of which less is known than was said.</summary>
public sealed record ChartStretch(string Name, long From, long To);

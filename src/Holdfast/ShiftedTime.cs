using System.Globalization;

namespace Holdfast;

/// <summary>
/// A clock that a bench can set: as many seconds off as a file says, read anew every now and then. Only where the variable is set;
/// it is how wrong clocks are tried on real servers without touching the machine's.
/// </summary>
internal sealed class ShiftedTime(string file) : TimeProvider
{
    public const string Variable = "HOLDFAST_CLOCK_OFF_FILE";
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(50);

    private long _readAt;
    private TimeSpan _off;

    public static TimeProvider? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file ? new ShiftedTime(file) : null;

    public override DateTimeOffset GetUtcNow()
    {
        if (_readAt == 0 || System.GetElapsedTime(_readAt) > ReadEvery)
        {
            _readAt = System.GetTimestamp();
            _off = Read();
        }

        return System.GetUtcNow() + _off;
    }

    private TimeSpan Read()
    {
        try
        {
            return TimeSpan.FromSeconds(double.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            // Being written just now.
            return _off;
        }
    }
}

using System.Globalization;

namespace Holdfast.Listening;

/// <summary>Says how far an import is: one line that is drawn again on a terminal, a line now and then elsewhere.</summary>
internal sealed class ImportProgress(TextWriter output, bool terminal, TimeProvider time)
{
    private const int Width = 30;
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan _said;
    private int _length;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void Show(long rows, double share)
    {
        var elapsed = Elapsed;
        if (elapsed - _said < (terminal ? OnTerminal : Elsewhere))
        {
            return;
        }

        _said = elapsed;
        var line = Line(rows, share, elapsed);
        if (terminal)
        {
            output.Write($"\r{line.PadRight(_length)}");
            _length = line.Length;
        }
        else
        {
            output.WriteLine(line);
        }
    }

    /// <summary>Clears the line of a terminal for what follows.</summary>
    public void End()
    {
        if (terminal && _length > 0)
        {
            output.Write($"\r{new string(' ', _length)}\r");
        }
    }

    private string Line(long rows, double share, TimeSpan elapsed)
    {
        var rate = rows / Math.Max(0.001, elapsed.TotalSeconds);
        var left = share > 0.01 ? elapsed * ((1 - share) / share) : (TimeSpan?)null;
        var full = (int)Math.Round(share * Width);
        var bar = terminal ? $"{new string('█', full)}{new string('░', Width - full)} " : "";
        var eta = left is { } l ? $", {(l.TotalHours >= 1 ? $"{(int)l.TotalHours} h {l.Minutes} min" : l.TotalMinutes >= 1 ? $"{(int)l.TotalMinutes} min {l.Seconds} s" : $"{l.Seconds} s")} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{bar}{share * 100:0} %  {rows:n0} rows  {rate:n0}/s{eta}");
    }
}

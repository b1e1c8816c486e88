namespace Holdfast.Core.Detection;

/// <summary>
/// What is counted an hour, by the hour of the week: a level, times a factor for the hour of the day, times one for the hour of the week. All
/// three are learnt an hour at a time, slowly and with what is far off cut short, so that one storm does not become the norm and
/// a lasting change does.
/// </summary>
internal sealed class WeekNorm
{
    /// <summary>After a lasting change half of it has become the norm in so many hours.</summary>
    private const double HalfLife = 72;

    /// <summary>A factor is the mean of about so many days (of an hour of the day) or weeks (of an hour of the week).</summary>
    private const int MostDays = 14;
    private const int MostWeeks = 8;

    /// <summary>A factor counts for nothing at first, for half after so many samples.</summary>
    private const double Doubt = 2;

    /// <summary>Until then the level alone is learnt; and the hours of the week only when each has been there.</summary>
    private const int FirstHours = 12;
    private const int FirstWeek = 168;

    private static readonly double Fade = 1 - Math.Pow(2, -1 / HalfLife);

    private readonly double[] _factors = new double[24 + 168];
    private readonly double[] _samples = new double[24 + 168];
    private double _level;
    private double _hours;

    private double _hour = -1;
    private double _seen;
    private double _expected;
    private double _buckets;

    /// <summary>The mean of an hour, whatever hour it is.</summary>
    public double Level => Math.Exp(_level);

    /// <summary>Expected an hour at this time; factors pass smoothly from the middle of one hour to the next. Null before anything is known.</summary>
    public double? PerHour(LocalHour at)
    {
        if (_hours == 0)
        {
            return _buckets == 0 ? null : Math.Max(_seen / _buckets, 0.01);
        }

        var off = at.Fraction - 0.5;
        var (other, part) = off < 0 ? (at.OfWeek + 167, -off) : (at.OfWeek + 1, off);
        return Math.Exp(_level + ((1 - part) * Factor(at.OfWeek)) + (part * Factor(other % 168)));
    }

    /// <param name="count">Of a bucket, as if it went on for an hour.</param>
    /// <param name="scatter">How the counts of hours scatter beyond Poisson: their variance is mean + scatter × mean².</param>
    public void Learn(LocalHour at, double count, double expected, double scatter)
    {
        if (at.Index != _hour)
        {
            if (_buckets > 0)
            {
                LearnHour((int)(_hour % 168), _seen / _buckets, _expected / _buckets, scatter);
            }

            (_hour, _seen, _expected, _buckets) = (at.Index, 0, 0, 0);
        }

        _seen += count;
        _expected += expected;
        _buckets++;
        if (_hours == 0)
        {
            _level = Math.Log(Math.Max(_seen / _buckets, 0.01));
        }
    }

    public void Copy(StateCopy copy)
    {
        copy.Do(_factors);
        copy.Do(_samples);
        copy.Do(ref _level);
        copy.Do(ref _hours);
        copy.Do(ref _hour);
        copy.Do(ref _seen);
        copy.Do(ref _expected);
        copy.Do(ref _buckets);
    }

    private void LearnHour(int hour, double seen, double expected, double scatter)
    {
        _hours++;
        var most = SpikeScale.Cut * Math.Sqrt(expected + 0.5 + (scatter * expected * expected));
        var step = Math.Clamp(Math.Clamp(seen - expected, -most, most) / (expected + 0.5), -1, 1);
        Sample(hour % 24, step, MostDays, _hours > FirstHours);
        Sample(24 + hour, step, MostWeeks, _hours > FirstWeek);
        _level += step * Math.Max(Fade, 1 / (_hours + 1));
    }

    private void Sample(int slot, double step, int most, bool learn)
    {
        _samples[slot] = Math.Min(_samples[slot] + 1, most);
        _factors[slot] += learn ? step / (_samples[slot] + 1) : 0;
    }

    private double Factor(int hour) => Trusted(hour % 24) + Trusted(24 + hour);

    private double Trusted(int slot) => _factors[slot] * _samples[slot] / (_samples[slot] + Doubt);
}

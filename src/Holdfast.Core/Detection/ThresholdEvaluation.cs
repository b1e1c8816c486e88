namespace Holdfast.Core.Detection;

public sealed partial record ThresholdRule
{
    /// <summary>
    /// The unbroken runs of minutes that hold, of all minutes whose windows reach one of the <paramref name="changed"/> minutes.
    /// A minute after the last post can hold too, as its window ends later. Looks at nothing outside <see cref="Stretch"/> before and after.
    /// </summary>
    /// <param name="usual">What is usual for the monitor's metric in an hour; needed where the number is a multiple of it.</param>
    public IEnumerable<SignalRun> Evaluate(Pulse pulse, MinuteSpan changed, UsualWeek? usual = null)
    {
        if (Of == NumberOf.TimesUsual && usual is null)
        {
            yield break;
        }

        // Most monitors are quiet: what was not said at all need not be looked for minute by minute.
        var stretch = new MinuteSpan(changed.From - Stretch, changed.To + Stretch);
        if (Of == NumberOf.Posts && Counted(pulse, stretch) < Number * WindowsInARow)
        {
            yield break;
        }

        var sums = new PulseSums(pulse, Metric, stretch);
        if (sums.Empty)
        {
            yield break;
        }

        var subject = Subject.Of(SignalKind.Threshold, this, pulse.Monitor);
        var length = (int)Window.TotalMinutes;
        var (first, beyond) = (sums.Index(changed.From), sums.Index(changed.To + Stretch));
        for (var end = first; end < beyond; end++)
        {
            (int End, double Least)? peak = null;
            var start = end;
            for (; end < beyond && Least(sums, end, length, usual) is { } least; end++)
            {
                var stronger = peak is not { } before || sums.Count(end, length) > sums.Count(before.End, length);
                peak = stronger ? (end, least) : peak;
            }

            if (peak is { } found)
            {
                var figures = Figures(sums, found.End, length, found.Least, Limit(sums.Minute(found.End), usual)!.Value);
                yield return SignalRun.Of(new(subject, sums.Minute(found.End), sums.Count(found.End, length), figures, [])) with
                {
                    StartedAt = sums.Minute(start),
                    LastAt = sums.Minute(end - 1),
                };
            }
        }
    }

    private long Counted(Pulse pulse, MinuteSpan stretch)
    {
        var counted = 0L;
        foreach (var minute in pulse.Minutes)
        {
            counted += minute.Minute >= stretch.From && minute.Minute <= stretch.To ? minute.Count(Metric) : 0;
        }

        return counted;
    }

    /// <summary>The posts behind a run of this rule, the earliest first, at most <see cref="Signal.MaxPosts"/>.</summary>
    public IReadOnlyList<PostAt> Behind(SignalRun run, IEnumerable<Mention> mentions) =>
        [.. mentions
            .Where(mention => Counts(mention) && run.Subject.Monitor is { } monitor && mention.Monitors.Contains(monitor))
            .Where(mention => Minutes.Floor(mention.At) >= BehindFrom(run) && Minutes.Floor(mention.At) <= run.LastAt)
            .Select(mention => new PostAt(mention.At, mention.Post))
            .Order()
            .Take(Signal.MaxPosts)];

    /// <summary>The first instant whose posts can be behind a run of this rule.</summary>
    public DateTimeOffset BehindFrom(SignalRun run) => run.StartedAt - Stretch + TimeSpan.FromMinutes(1);

    private bool Counts(Mention mention) =>
        Metric != Metric.Negative || (mention.Reading.Class == Reading.SentimentClass.Negative && !mention.Spreads);

    /// <summary>The lowest count of the windows in a row that end with this minute; null where one of them is not over the number.</summary>
    private double? Least(PulseSums sums, int end, int length, UsualWeek? usual)
    {
        double? least = null;
        for (var row = 0; row < WindowsInARow; row++)
        {
            var last = end - (row * length);
            var count = sums.Count(last, length);
            if (count == 0 || (Of == NumberOf.Posts && count < Number) || Limit(sums.Minute(last), usual) is not { } limit || !(Comparison == Comparison.MoreThan ? count > limit : count >= limit))
            {
                return null;
            }

            if (MinAuthors > 1 && sums.People(last, length) < MinAuthors)
            {
                return null;
            }

            least = Math.Min(least ?? count, count);
        }

        return least;
    }

    /// <summary>The count at which a window that ends with this minute holds; null while that is not known.</summary>
    internal double? CountAt(DateTimeOffset end, UsualWeek? usual) =>
        (Of == NumberOf.TimesUsual && usual is null) || Limit(end, usual) is not { } limit ? null
        : Comparison == Comparison.MoreThan ? Math.Floor(limit) + 1 : Math.Ceiling(limit);

    private double? Limit(DateTimeOffset end, UsualWeek? usual) => Of switch
    {
        NumberOf.Posts when AlsoTimesUsual is { } times && usual?.Over(end, Window) is { IsKnownEnough: true } expected => Math.Max(Number, times * expected.Usual),
        NumberOf.Posts => Number,
        // What is still being learnt is not a norm.
        NumberOf.TimesUsual => usual!.Over(end, Window) is { Learning: false } expected ? Number * Math.Max(1, expected.Usual) : null,
    };

    private List<Figure> Figures(PulseSums sums, int end, int length, double least, double limit)
    {
        var unit = Metric == Metric.Reach ? "people reached" : "posts";
        List<Figure> figures =
        [
            new(Names.Of(Metric), sums.Count(end, length), unit),
            new(Names.Limit, limit, unit),
            new(Names.Window, Window.TotalMinutes, "minutes"),
            new(Names.People, sums.People(end, length), "people"),
        ];
        if (WindowsInARow > 1)
        {
            figures.Add(new(Names.InARow, WindowsInARow, "windows"));
            figures.Add(new(Names.Least, least, unit));
        }

        if (Of == NumberOf.TimesUsual || (AlsoTimesUsual > 0 && limit > Number))
        {
            figures.Add(new(Names.Usual, limit / (Of == NumberOf.TimesUsual ? Number : AlsoTimesUsual!.Value), unit));
        }

        return figures;
    }

    private static class Names
    {
        public const string Limit = "limit";
        public const string Window = "window";
        public const string People = "people";
        public const string InARow = "in a row";
        public const string Least = "least";
        public const string Usual = "usual";

        public static string Of(Metric metric) => metric switch
        {
            Metric.Negative => "negative",
            Metric.Mentions => "mentions",
            Metric.Reach => "reach",
        };
    }
}

namespace Holdfast.Bench.Quality;

/// <summary>
/// How well groups match labelled clusters. NMI = 2 I(Y;C) / (H(Y) + H(C)); B-cubed precision and recall (Bagga and Baldwin 1998) and
/// their harmonic mean; the adjusted Rand index (Hubert and Arabie 1985).
/// </summary>
internal sealed record GroupingScore(double Nmi, double BCubedPrecision, double BCubedRecall, double Ari)
{
    public double BCubedF => BCubedPrecision + BCubedRecall is > 0 and var sum ? 2 * BCubedPrecision * BCubedRecall / sum : 0;

    /// <param name="labels">What was labelled, one for each item.</param>
    /// <param name="groups">Where each was put.</param>
    public static GroupingScore Of<TLabel, TGroup>(IReadOnlyList<TLabel> labels, IReadOnlyList<TGroup> groups)
        where TLabel : notnull
        where TGroup : notnull
    {
        double n = labels.Count;
        var pairs = labels.Zip(groups).CountBy(pair => pair).ToList();
        var labelled = labels.CountBy(label => label).ToDictionary(one => one.Key, one => (double)one.Value);
        var grouped = groups.CountBy(group => group).ToDictionary(one => one.Key, one => (double)one.Value);

        var (information, precision, recall, together) = (0.0, 0.0, 0.0, 0.0);
        foreach (var ((label, group), both) in pairs)
        {
            var (y, c) = (labelled[label], grouped[group]);
            information += both / n * Math.Log(both * n / (y * c));
            precision += both * (double)both / c / n;
            recall += both * (double)both / y / n;
            together += Pairs(both);
        }

        var entropy = Entropy(labelled.Values, n) + Entropy(grouped.Values, n);
        var (pairsLabelled, pairsGrouped) = (labelled.Values.Sum(Pairs), grouped.Values.Sum(Pairs));
        var byChance = n > 1 ? pairsLabelled * pairsGrouped / Pairs(n) : 0;
        var most = (pairsLabelled + pairsGrouped) / 2;
        return new(
            entropy > 0 ? 2 * information / entropy : 1,
            precision,
            recall,
            most == byChance ? 1 : (together - byChance) / (most - byChance));
    }

    private static double Pairs(double n) => n * (n - 1) / 2;

    private static double Entropy(IEnumerable<double> sizes, double n) => -sizes.Sum(size => size / n * Math.Log(size / n));
}

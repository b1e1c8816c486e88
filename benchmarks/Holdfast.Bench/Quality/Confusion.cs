namespace Holdfast.Bench.Quality;

/// <summary>Counts of what was against what was read; all rates in percent.</summary>
internal sealed class Confusion(int classes)
{
    private readonly int[,] _counts = new int[classes, classes];

    public void Add(int actual, int read) => _counts[actual, read]++;

    public int Total => Enumerable.Range(0, classes).Sum(Actual);

    public double Accuracy => 100.0 * Enumerable.Range(0, classes).Sum(c => _counts[c, c]) / Math.Max(1, Total);

    public double MacroRecall => Enumerable.Range(0, classes).Average(Recall);

    public double MacroF1 => Enumerable.Range(0, classes).Average(F1);

    public double Recall(int c) => 100.0 * _counts[c, c] / Math.Max(1, Actual(c));

    public double Precision(int c) => 100.0 * _counts[c, c] / Math.Max(1, Enumerable.Range(0, classes).Sum(a => _counts[a, c]));

    public double F1(int c) => Recall(c) + Precision(c) is > 0 and var sum ? 2 * Recall(c) * Precision(c) / sum : 0;

    private int Actual(int c) => Enumerable.Range(0, classes).Sum(r => _counts[c, r]);
}

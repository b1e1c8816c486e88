using Holdfast.Core.Reading;

namespace Holdfast.Bench.Quality;

/// <summary>One example: hashed features, the class, and how much it counts.</summary>
internal sealed record Sample(uint[] Features, int Class, float Weight);

/// <summary>
/// Multinomial logistic regression by stochastic gradient with AdaGrad steps; one thread and a fixed seed, so that the same data give
/// the same bytes. A class numbered as <see cref="Outputs"/> is the reference, whose score is always 0.
/// </summary>
internal sealed class LinearTrainer
{
    public required int Outputs { get; init; }

    public required int Bits { get; init; }

    public int Epochs { get; init; } = 6;

    public float Step { get; init; } = 0.3f;

    public float Decay { get; init; } = 1e-4f;

    public int Seed { get; init; } = 20261120;

    public bool Reference { get; init; }

    public LinearModel Train(IReadOnlyList<Sample> samples)
    {
        var weights = new float[Outputs << Bits];
        var squares = new float[Outputs << Bits];
        var bias = new float[Outputs];
        var biasSquares = new float[Outputs];
        var order = Enumerable.Range(0, samples.Count).ToArray();
        var random = new Random(Seed);
        Span<float> slopes = stackalloc float[Outputs];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                var sample = samples[index];
                var factor = 1 / MathF.Sqrt(Math.Max(1, sample.Features.Length));
                Slopes(sample, weights, bias, factor, slopes);
                for (var o = 0; o < Outputs; o++)
                {
                    biasSquares[o] += slopes[o] * slopes[o];
                    bias[o] -= Step * slopes[o] / MathF.Sqrt(biasSquares[o] + 1e-6f);
                }

                foreach (var feature in sample.Features)
                {
                    var row = (int)(feature >> (32 - Bits)) * Outputs;
                    for (var o = 0; o < Outputs; o++)
                    {
                        var slope = (slopes[o] * factor) + (Decay * weights[row + o]);
                        squares[row + o] += slope * slope;
                        weights[row + o] -= Step * slope / MathF.Sqrt(squares[row + o] + 1e-6f);
                    }
                }
            }
        }

        return Quantise(weights, bias);
    }

    private void Slopes(Sample sample, float[] weights, float[] bias, float factor, Span<float> slopes)
    {
        slopes.Clear();
        foreach (var feature in sample.Features)
        {
            var row = (int)(feature >> (32 - Bits)) * Outputs;
            for (var o = 0; o < Outputs; o++)
            {
                slopes[o] += weights[row + o];
            }
        }

        var top = Reference ? 0f : float.MinValue;
        for (var o = 0; o < Outputs; o++)
        {
            slopes[o] = bias[o] + (slopes[o] * factor);
            top = Math.Max(top, slopes[o]);
        }

        var sum = Reference ? MathF.Exp(-top) : 0f;
        for (var o = 0; o < Outputs; o++)
        {
            slopes[o] = MathF.Exp(slopes[o] - top);
            sum += slopes[o];
        }

        for (var o = 0; o < Outputs; o++)
        {
            slopes[o] = ((slopes[o] / sum) - (sample.Class == o ? 1 : 0)) * sample.Weight;
        }
    }

    /// <summary>A few outliers are cut, so that the many small weights keep their differences.</summary>
    private LinearModel Quantise(float[] weights, float[] bias)
    {
        var sizes = weights.Where(w => w != 0).Select(MathF.Abs).Order().ToArray();
        var largest = sizes.Length == 0 ? 1 : sizes[(int)((sizes.Length - 1) * 0.9995)];
        var scale = largest / 127;
        var rows = weights.Select(w => (sbyte)Math.Clamp(MathF.Round(w / scale), -127, 127)).ToArray();
        return new(Outputs, Bits, scale, bias, rows);
    }
}

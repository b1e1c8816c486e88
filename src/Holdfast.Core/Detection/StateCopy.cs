using System.Runtime.InteropServices;

namespace Holdfast.Core.Detection;

/// <summary>Writes the numbers of a state one after the other, or reads them back in the same order, so that the two cannot differ.</summary>
internal sealed class StateCopy
{
    private bool _writes = true;
    private double[] _numbers = new double[1024];
    private int _next;

    public byte[] Bytes => MemoryMarshal.AsBytes(_numbers.AsSpan(0, _next)).ToArray();

    public static StateCopy Of(ReadOnlySpan<byte> bytes) => new() { _writes = false, _numbers = MemoryMarshal.Cast<byte, double>(bytes).ToArray() };

    public void Write() => (_writes, _next) = (true, 0);

    public void Read() => (_writes, _next) = (false, 0);

    public void Do(ref double number) => Do(MemoryMarshal.CreateSpan(ref number, 1));

    public void Do(Span<double> numbers)
    {
        if (_writes)
        {
            if (_next + numbers.Length > _numbers.Length)
            {
                Array.Resize(ref _numbers, 2 * (_next + numbers.Length));
            }

            numbers.CopyTo(_numbers.AsSpan(_next));
        }
        else
        {
            _numbers.AsSpan(_next, numbers.Length).CopyTo(numbers);
        }

        _next += numbers.Length;
    }
}

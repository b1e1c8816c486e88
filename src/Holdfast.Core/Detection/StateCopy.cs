using System.Runtime.InteropServices;

namespace Holdfast.Core.Detection;

/// <summary>Writes the numbers of a state one after the other, or reads them back in the same order, so that the two cannot differ.</summary>
internal sealed class StateCopy
{
    private readonly bool _writes;
    private readonly List<double> _numbers;
    private int _next;

    public StateCopy()
    {
        _writes = true;
        _numbers = [];
    }

    public StateCopy(ReadOnlySpan<byte> bytes) => _numbers = [.. MemoryMarshal.Cast<byte, double>(bytes)];

    public byte[] Bytes => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_numbers)).ToArray();

    public void Do(ref double number)
    {
        if (_writes)
        {
            _numbers.Add(number);
        }
        else
        {
            number = _numbers[_next++];
        }
    }

    public void Do(double[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            Do(ref numbers[i]);
        }
    }
}

using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>The last n values.</summary>
/// <param name="period">Length of the window, 1 or more.</param>
internal sealed class ValueWindow(int period) : IStateful
{
    private readonly double[] _values = new double[period];
    private int _next;
    private int _count;

    /// <summary>True once n values were added.</summary>
    public bool IsFull => _count == _values.Length;

    /// <summary>The values of a full window in no useful order, for sums.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Of a full window the older part, oldest first; <see cref="Newer"/> continues it.</summary>
    public ReadOnlySpan<double> Older => _values.AsSpan(_next);

    /// <summary>Of a full window the part after <see cref="Older"/>, oldest first.</summary>
    public ReadOnlySpan<double> Newer => _values.AsSpan(0, _next);

    /// <summary>Adds the newest value and returns the one it replaces, of n updates ago; 0 while the window fills.</summary>
    public double Add(double value)
    {
        double[] values = _values;
        int next = _next;
        double replaced = values[next];
        values[next++] = value;
        _next = next == values.Length ? 0 : next;
        if (_count < values.Length)
        {
            _count++;
        }

        return replaced;
    }

    public void Reset()
    {
        Array.Clear(_values);
        _next = 0;
        _count = 0;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_values);
        writer.Write(_next);
        writer.Write(_count);
    }

    public void Restore(ref StateReader reader)
    {
        reader.ReadDoubles(_values);
        _next = reader.ReadPosition(_values.Length - 1);
        _count = reader.ReadPosition(_values.Length);
    }
}

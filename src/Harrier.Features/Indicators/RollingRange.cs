using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Highest high and lowest low of the last n bars, by the two-block method of <see cref="RollingFold{TFold}"/>. Lows are kept negated
/// beside the highs, so that one maximum of a pair does both.
/// </summary>
/// <param name="period">Length of the window, 1 or more.</param>
internal sealed class RollingRange(int period) : IStateful
{
    // Pairs (high, -low). Below _position: those of the block being filled. From it on: maxima of the previous block from there to its end.
    private readonly double[] _tails = NewTails(period);
    private Vector128<double> _head = Lowermost;
    private Vector128<double> _joined = Lowermost;
    private int _position;

    /// <summary>True once n bars were added.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Highest high of the window.</summary>
    public double Highest => _joined[0];

    /// <summary>Lowest low of the window.</summary>
    public double Lowest => -_joined[1];

    private static Vector128<double> Lowermost => Vector128.Create(double.NegativeInfinity);

    /// <summary>Adds the newest bar and drops the oldest of a full window.</summary>
    public void Add(double high, double low)
    {
        Span<Vector128<double>> tails = MemoryMarshal.Cast<double, Vector128<double>>(_tails.AsSpan());
        int position = _position;
        Vector128<double> pair = Vector128.Create(high, -low);
        tails[position++] = pair;
        Vector128<double> head = Vector128.MaxNative(_head, pair);
        _joined = Vector128.MaxNative(tails[position], head);
        if (position == tails.Length - 1)
        {
            CloseBlock(tails);
        }
        else
        {
            _head = head;
            _position = position;
        }
    }

    public void Reset()
    {
        Array.Fill(_tails, double.NegativeInfinity);
        _head = Lowermost;
        _joined = Lowermost;
        _position = 0;
        IsFull = false;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_tails);
        writer.WriteRaw(_head);
        writer.WriteRaw(_joined);
        writer.Write(_position);
        writer.Write(IsFull);
    }

    public void Restore(ref StateReader reader)
    {
        reader.ReadDoubles(_tails);
        _head = reader.ReadRaw<Vector128<double>>();
        _joined = reader.ReadRaw<Vector128<double>>();
        _position = reader.ReadPosition((_tails.Length / 2) - 2);
        IsFull = reader.ReadBoolean();
    }

    private static double[] NewTails(int period)
    {
        double[] tails = new double[2 * (period + 1)];
        Array.Fill(tails, double.NegativeInfinity);
        return tails;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CloseBlock(Span<Vector128<double>> tails)
    {
        Vector128<double> tail = Lowermost;
        for (int i = tails.Length - 2; i >= 0; i--)
        {
            tail = Vector128.MaxNative(tails[i], tail);
            tails[i] = tail;
        }

        _head = Lowermost;
        _position = 0;
        IsFull = true;
    }
}

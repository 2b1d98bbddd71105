using System.Runtime.Intrinsics;
using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>An associative way to join two numbers, with its neutral element.</summary>
internal interface IFold
{
    static abstract double Identity { get; }

    static abstract double Join(double older, double newer);

    static abstract Vector256<double> Join(Vector256<double> older, Vector256<double> newer);

    /// <summary>True when joining a value twice changes nothing, so that parts of a window may overlap.</summary>
    static abstract bool IsIdempotent { get; }
}

/// <summary>a + b.</summary>
internal readonly struct Summation : IFold
{
    public static double Identity => 0;

    public static double Join(double older, double newer) => older + newer;

    public static Vector256<double> Join(Vector256<double> older, Vector256<double> newer) => older + newer;

    public static bool IsIdempotent => false;
}

/// <summary>The larger of two.</summary>
internal readonly struct Maximum : IFold
{
    public static double Identity => double.NegativeInfinity;

    public static double Join(double older, double newer) => double.MaxNative(older, newer);

    public static Vector256<double> Join(Vector256<double> older, Vector256<double> newer) => Vector256.MaxNative(older, newer);

    public static bool IsIdempotent => true;
}

/// <summary>The smaller of two.</summary>
internal readonly struct Minimum : IFold
{
    public static double Identity => double.PositiveInfinity;

    public static double Join(double older, double newer) => double.MinNative(older, newer);

    public static Vector256<double> Join(Vector256<double> older, Vector256<double> newer) => Vector256.MinNative(older, newer);

    public static bool IsIdempotent => true;
}

/// <summary>
/// Sum, maximum or minimum of the last n values in constant amortised time: the window is the tail of one block of n values
/// joined with the head of the next (van Herk 1992; Gil and Werman 1993). Nothing is ever subtracted, so a sum cannot drift and
/// a spike leaves no trace once it is out of the window.
/// </summary>
/// <param name="period">Length of the window, 1 or more.</param>
internal sealed class RollingFold<TFold>(int period) : IStateful
    where TFold : struct, IFold
{
    // Below _position: values of the block being filled. From it on: joins of the previous block from there to its end.
    // The extra last element stays neutral: the tail of a block that has left the window entirely.
    private readonly double[] _tails = NewTails(period);
    private double _head = TFold.Identity;
    private int _position;

    /// <summary>True once n values were added.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The join of the last n values, or of all when there are fewer.</summary>
    public double Value { get; private set; } = TFold.Identity;

    /// <summary>Adds the newest value, drops the oldest of a full window and returns <see cref="Value"/>.</summary>
    public double Add(double value)
    {
        double[] tails = _tails;
        int position = _position;
        tails[position++] = value;
        double head = TFold.Join(_head, value);
        double joined = TFold.Join(tails[position], head);
        Value = joined;
        if (position == tails.Length - 1)
        {
            CloseBlock();
        }
        else
        {
            _head = head;
            _position = position;
        }

        return joined;
    }

    public void Reset()
    {
        Array.Fill(_tails, TFold.Identity);
        _head = TFold.Identity;
        Value = TFold.Identity;
        _position = 0;
        IsFull = false;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_tails);
        writer.Write(_head);
        writer.Write(Value);
        writer.Write(_position);
        writer.Write(IsFull);
    }

    public void Restore(ref StateReader reader)
    {
        reader.ReadDoubles(_tails);
        _head = reader.ReadDouble();
        Value = reader.ReadDouble();
        _position = reader.ReadPosition(_tails.Length - 2);
        IsFull = reader.ReadBoolean();
    }

    private static double[] NewTails(int period)
    {
        double[] tails = new double[period + 1];
        Array.Fill(tails, TFold.Identity);
        return tails;
    }

    private void CloseBlock()
    {
        double[] tails = _tails;
        double tail = TFold.Identity;
        for (int i = tails.Length - 2; i >= 0; i--)
        {
            tail = TFold.Join(tails[i], tail);
            tails[i] = tail;
        }

        _head = TFold.Identity;
        _position = 0;
        IsFull = true;
    }
}

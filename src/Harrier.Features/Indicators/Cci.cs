using System.Numerics;
using System.Runtime.InteropServices;
using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Commodity channel index (Lambert, 1980): distance of the typical price from its mean over n bars in units of 0.015 mean absolute
/// deviations; 0 where there is no deviation.
/// </summary>
public sealed class Cci : IIndicator
{
    private const double Lambert = 0.015;

    private readonly int _period;
    private readonly ValueWindow _older;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Cci(int period = 20)
    {
        _period = IndicatorParameterException.RequirePeriod(period, 2);
        _older = new ValueWindow(period - 1);
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_value);

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double price = bar.TypicalPrice;
        if (!_older.IsFull)
        {
            _older.Add(price);
            return _value;
        }

        // Distances from the newest price instead of the prices: exact zeros where the window is flat, and no lost digits.
        double offset = SumOfDistances(_older.Values, price) / _period;
        double deviations = SumOfDeviations(_older.Values, price, offset) + Math.Abs(offset);
        _value = deviations == 0 ? 0 : -offset / (Lambert * (deviations / _period));

        // Only now: vectors that read a number just written would wait for it.
        _older.Add(price);
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _older.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_older);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_older);
        _value = reader.ReadDouble();
    }

    private static double SumOfDistances(ReadOnlySpan<double> values, double origin)
    {
        ReadOnlySpan<Vector<double>> blocks = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> origins = new(origin);
        Vector<double> sums = Vector<double>.Zero;
        foreach (Vector<double> block in blocks)
        {
            sums += block - origins;
        }

        double sum = Vector.Sum(sums);
        for (int i = blocks.Length * Vector<double>.Count; i < values.Length; i++)
        {
            sum += values[i] - origin;
        }

        return sum;
    }

    private static double SumOfDeviations(ReadOnlySpan<double> values, double origin, double offset)
    {
        ReadOnlySpan<Vector<double>> blocks = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> origins = new(origin);
        Vector<double> offsets = new(offset);
        Vector<double> sums = Vector<double>.Zero;
        foreach (Vector<double> block in blocks)
        {
            sums += Vector.Abs(block - origins - offsets);
        }

        double sum = Vector.Sum(sums);
        for (int i = blocks.Length * Vector<double>.Count; i < values.Length; i++)
        {
            sum += Math.Abs(values[i] - origin - offset);
        }

        return sum;
    }
}

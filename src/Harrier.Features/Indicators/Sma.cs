using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Simple moving average: the mean of the last n values. The sum is rebuilt, never corrected, so it cannot drift.
/// </summary>
public sealed class Sma : IPriceIndicator
{
    private readonly int _period;
    private readonly double _length;
    private readonly RollingFold<Summation> _sum;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Sma(int period)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _length = period;
        _sum = new RollingFold<Summation>(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _sum.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double sum = _sum.Add(value);
        if (_sum.IsFull)
        {
            _value = sum / _length;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _sum.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_sum);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_sum);
        _value = reader.ReadDouble();
    }
}

using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Change over n bars.
/// </summary>
public sealed class Momentum : IPriceIndicator
{
    private readonly int _period;
    private readonly ValueWindow _values;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Momentum(int period = 10)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _values = new ValueWindow(period);
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_value);

    /// <inheritdoc/>
    public int WarmUp => _period + 1;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        bool full = _values.IsFull;
        double oldest = _values.Add(value);
        if (full)
        {
            _value = value - oldest;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _values.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_values);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_values);
        _value = reader.ReadDouble();
    }
}

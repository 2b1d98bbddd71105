using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Adaptive moving average (Kaufman, 1995): an exponential average whose weight moves between those of a fast and a slow EMA with
/// the share of the n-bar change in the sum of the single changes. Starts from the value before the first output, as TA-Lib does.
/// </summary>
public sealed class Kama : IPriceIndicator
{
    private readonly int _period;
    private readonly double _fastWeight;
    private readonly double _slowWeight;
    private readonly ValueWindow _values;
    private readonly RollingFold<Summation> _travel;
    private double _previous = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Bars over which efficiency is measured, 1 or more.</param>
    /// <param name="fast">Period of the EMA reached when prices move straight.</param>
    /// <param name="slow">Period of the EMA reached when they go nowhere.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Kama(int period, int fast = 2, int slow = 30)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _fastWeight = 2.0 / (IndicatorParameterException.RequirePeriod(fast) + 1);
        _slowWeight = 2.0 / (IndicatorParameterException.RequirePeriod(slow) + 1);
        _values = new ValueWindow(period);
        _travel = new RollingFold<Summation>(period);
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
        double previous = _previous;
        bool full = _values.IsFull;
        double oldest = _values.Add(value);
        _previous = value;
        if (double.IsNaN(previous))
        {
            return _value;
        }

        double travel = _travel.Add(Math.Abs(value - previous));
        if (full)
        {
            double efficiency = travel == 0 ? 1 : Math.Min(1, Math.Abs(value - oldest) / travel);
            double weight = (efficiency * (_fastWeight - _slowWeight)) + _slowWeight;
            double last = double.IsNaN(_value) ? previous : _value;
            _value = last + (weight * weight * (value - last));
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _values.Reset();
        _travel.Reset();
        _previous = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_values);
        writer.Write(_travel);
        writer.Write(_previous);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_values);
        reader.Read(_travel);
        _previous = reader.ReadDouble();
        _value = reader.ReadDouble();
    }
}

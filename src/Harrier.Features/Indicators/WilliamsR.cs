using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Williams %R: distance of the close from the highest high of n bars in percent of their range, -100 to 0; 0 where the range is flat.
/// </summary>
public sealed class WilliamsR : IIndicator
{
    private readonly int _period;
    private readonly RollingRange _range;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Bars of the range, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public WilliamsR(int period = 14)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _range = new RollingRange(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _range.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        _range.Add(bar.High, bar.Low);
        if (_range.IsFull)
        {
            double highest = _range.Highest;
            double range = highest - _range.Lowest;
            _value = range == 0 ? 0 : -100 * ((highest - bar.Close) / range);
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        _value = reader.ReadDouble();
    }
}

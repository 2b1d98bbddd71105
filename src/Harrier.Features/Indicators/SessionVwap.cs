using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Volume-weighted average of the typical price since 00:00 UTC of the bar's day, with bands at a multiple of the volume-weighted
/// deviation. Updated as a weighted mean (West, 1979), so that bands near a large price keep their digits. A bar without volume carries
/// the last value on. Bars without times (all at the epoch) form one session.
/// </summary>
public sealed class SessionVwap : IIndicator
{
    private readonly double _multiplier;
    private long _day = long.MinValue;
    private double _volume;
    private double _squares;
    private double _mean = double.NaN;
    private double _halfWidth = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="multiplier">Half width of the bands in deviations, above 0.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public SessionVwap(double multiplier = 1)
    {
        _multiplier = IndicatorParameterException.RequirePositive(multiplier);
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_mean);

    /// <inheritdoc/>
    public int WarmUp => 1;

    /// <summary>The average price of the session so far.</summary>
    public double Value => _mean;

    /// <summary>Average plus the multiple of the deviation.</summary>
    public double Upper => _mean + _halfWidth;

    /// <summary>Average minus the multiple of the deviation.</summary>
    public double Lower => _mean - _halfWidth;

    /// <inheritdoc/>
    public int OutputCount => 3;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        long day = bar.OpenTime.UtcDay;
        if (day != _day)
        {
            _day = day;
            _volume = 0;
            _squares = 0;
        }

        if (bar.Volume > 0)
        {
            double price = bar.TypicalPrice;
            double last = _volume == 0 ? price : _mean;
            _volume += bar.Volume;
            double distance = price - last;
            _mean = last + (distance * (bar.Volume / _volume));
            _squares += bar.Volume * distance * (price - _mean);
            _halfWidth = _multiplier * Math.Sqrt(_squares / _volume);
        }

        return _mean;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Value,
        1 => Upper,
        2 => Lower,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _day = long.MinValue;
        _volume = 0;
        _squares = 0;
        _mean = double.NaN;
        _halfWidth = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_day);
        writer.Write(_volume);
        writer.Write(_squares);
        writer.Write(_mean);
        writer.Write(_halfWidth);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _day = reader.ReadInt64();
        _volume = reader.ReadDouble();
        _squares = reader.ReadDouble();
        _mean = reader.ReadDouble();
        _halfWidth = reader.ReadDouble();
    }
}

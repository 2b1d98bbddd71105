using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Classic pivot points from the high, low and close of the previous UTC day. A day counts only when its first bar was seen to open it:
/// one that was joined in its middle would give wrong levels. How many updates that takes depends on the bars' length; <see cref="WarmUp"/>
/// is the least.
/// </summary>
public sealed class PivotPoints : IIndicator
{
    private long _day = long.MinValue;
    private bool _isWhole;
    private double _high = double.NaN;
    private double _low = double.NaN;
    private double _close = double.NaN;
    private double _value = double.NaN;
    private double _previousHigh = double.NaN;
    private double _previousLow = double.NaN;

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_value);

    /// <inheritdoc/>
    public int WarmUp => 2;

    /// <summary>The pivot: mean of the previous day's high, low and close.</summary>
    public double Value => _value;

    /// <summary>Mean of the previous day's high, low and close.</summary>
    public double Pivot => _value;

    /// <summary>2 P - low.</summary>
    public double Resistance1 => (2 * _value) - _previousLow;

    /// <summary>2 P - high.</summary>
    public double Support1 => (2 * _value) - _previousHigh;

    /// <summary>P + (high - low).</summary>
    public double Resistance2 => _value + (_previousHigh - _previousLow);

    /// <summary>P - (high - low).</summary>
    public double Support2 => _value - (_previousHigh - _previousLow);

    /// <summary>High + 2 (P - low).</summary>
    public double Resistance3 => _previousHigh + (2 * (_value - _previousLow));

    /// <summary>Low - 2 (high - P).</summary>
    public double Support3 => _previousLow - (2 * (_previousHigh - _value));

    /// <inheritdoc/>
    public int OutputCount => 7;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        long day = bar.OpenTime.UtcDay;
        if (day != _day)
        {
            StartDay(bar, day);
        }
        else
        {
            _high = Math.Max(_high, bar.High);
            _low = Math.Min(_low, bar.Low);
        }

        _close = bar.Close;
        return _value;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Pivot,
        1 => Resistance1,
        2 => Support1,
        3 => Resistance2,
        4 => Support2,
        5 => Resistance3,
        6 => Support3,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _day = long.MinValue;
        _isWhole = false;
        _high = double.NaN;
        _low = double.NaN;
        _close = double.NaN;
        _value = double.NaN;
        _previousHigh = double.NaN;
        _previousLow = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_day);
        writer.Write(_isWhole);
        writer.Write(_high);
        writer.Write(_low);
        writer.Write(_close);
        writer.Write(_value);
        writer.Write(_previousHigh);
        writer.Write(_previousLow);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _day = reader.ReadInt64();
        _isWhole = reader.ReadBoolean();
        _high = reader.ReadDouble();
        _low = reader.ReadDouble();
        _close = reader.ReadDouble();
        _value = reader.ReadDouble();
        _previousHigh = reader.ReadDouble();
        _previousLow = reader.ReadDouble();
    }

    private void StartDay(in Ohlcv bar, long day)
    {
        if (day == _day + 1 && _isWhole)
        {
            _value = (_high + _low + _close) / 3;
            _previousHigh = _high;
            _previousLow = _low;
        }
        else
        {
            // A day is missing: yesterday's levels are unknown, and older ones are not yesterday's.
            _value = double.NaN;
        }

        _isWhole = day == _day + 1 || bar.OpenTime.Nanos == day * Timestamp.NanosPerDay;
        _day = day;
        _high = bar.High;
        _low = bar.Low;
    }
}

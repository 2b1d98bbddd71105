using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Parabolic stop and reverse (Wilder, 1978). The first direction comes from the first two bars' directional movement, as in TA-Lib.
/// </summary>
public sealed class ParabolicSar : IIndicator
{
    private readonly double _acceleration;
    private readonly double _maximum;
    private double _previousHigh = double.NaN;
    private double _previousLow = double.NaN;
    private double _next = double.NaN;
    private double _extreme = double.NaN;
    private double _factor;
    private bool _isLong;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="acceleration">Step of the acceleration factor, above 0; cut to the maximum.</param>
    /// <param name="maximum">Largest acceleration factor, above 0.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public ParabolicSar(double acceleration = 0.02, double maximum = 0.2)
    {
        _maximum = IndicatorParameterException.RequirePositive(maximum);
        _acceleration = Math.Min(IndicatorParameterException.RequirePositive(acceleration), maximum);
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_value);

    /// <inheritdoc/>
    public int WarmUp => 2;

    /// <summary>The stop of the current position; at a reversal, of the new one.</summary>
    public double Value => _value;

    /// <summary>1 long, -1 short; NaN while warming up.</summary>
    public double Direction => !IsReady ? double.NaN : _isLong ? 1 : -1;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        if (!double.IsNaN(_next))
        {
            Step(bar, _previousHigh, _previousLow);
        }
        else if (!double.IsNaN(_previousHigh))
        {
            Start(bar);
        }

        _previousHigh = bar.High;
        _previousLow = bar.Low;
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _previousHigh = double.NaN;
        _previousLow = double.NaN;
        _next = double.NaN;
        _extreme = double.NaN;
        _factor = 0;
        _isLong = false;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_previousHigh);
        writer.Write(_previousLow);
        writer.Write(_next);
        writer.Write(_extreme);
        writer.Write(_factor);
        writer.Write(_isLong);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _previousHigh = reader.ReadDouble();
        _previousLow = reader.ReadDouble();
        _next = reader.ReadDouble();
        _extreme = reader.ReadDouble();
        _factor = reader.ReadDouble();
        _isLong = reader.ReadBoolean();
        _value = reader.ReadDouble();
    }

    private void Start(in Ohlcv bar)
    {
        double up = bar.High - _previousHigh;
        double down = _previousLow - bar.Low;
        _isLong = !(down > 0 && down > up);
        _factor = _acceleration;
        _extreme = _isLong ? bar.High : bar.Low;
        _next = _isLong ? _previousLow : _previousHigh;

        // TA-Lib's first step compares the second bar with itself instead of with the first.
        Step(bar, bar.High, bar.Low);
    }

    private void Step(in Ohlcv bar, double previousHigh, double previousLow)
    {
        bool reversed = _isLong ? bar.Low <= _next : bar.High >= _next;
        if (reversed)
        {
            _isLong = !_isLong;
            _value = OutsideOf(_extreme, bar, previousHigh, previousLow);
            _factor = _acceleration;
            _extreme = _isLong ? bar.High : bar.Low;
        }
        else
        {
            _value = _next;
            if (_isLong ? bar.High > _extreme : bar.Low < _extreme)
            {
                _extreme = _isLong ? bar.High : bar.Low;
                _factor = Math.Min(_factor + _acceleration, _maximum);
            }
        }

        _next = OutsideOf(_value + (_factor * (_extreme - _value)), bar, previousHigh, previousLow);
    }

    // A stop never lies inside the range of the last two bars.
    private double OutsideOf(double stop, in Ohlcv bar, double previousHigh, double previousLow) => _isLong
        ? Math.Min(stop, Math.Min(previousLow, bar.Low))
        : Math.Max(stop, Math.Max(previousHigh, bar.High));
}

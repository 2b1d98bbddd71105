using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Stochastic oscillator (Lane): place of the close in the range of the last n bars, 0 to 100, smoothed by a simple mean (%K) and that
/// again (%D). 0 where the range is flat, as in TA-Lib. Slowing 1 gives the fast form.
/// </summary>
public sealed class Stochastic : IIndicator
{
    private readonly int _rangeLength;
    private readonly RollingRange _range;
    private readonly Sma _slow;
    private readonly Sma _signal;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Bars of the range, 1 or more.</param>
    /// <param name="slowing">Length of the mean that makes %K, 1 for none.</param>
    /// <param name="signal">Length of the mean that makes %D.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Stochastic(int period = 14, int slowing = 3, int signal = 3)
    {
        _rangeLength = IndicatorParameterException.RequirePeriod(period);
        IndicatorParameterException.RequirePeriod(slowing);
        IndicatorParameterException.RequirePeriod(signal);
        _range = new RollingRange(period);
        _slow = new Sma(slowing);
        _signal = new Sma(signal);
    }

    /// <inheritdoc/>
    public bool IsReady => _signal.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _rangeLength + _slow.WarmUp + _signal.WarmUp - 2;

    /// <summary>%K.</summary>
    public double Value => _value;

    /// <summary>%K, 0 to 100.</summary>
    public double K => _value;

    /// <summary>%D, 0 to 100.</summary>
    public double D => _signal.Value;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        return Update(bar.High, bar.Low, bar.Close);
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => K,
        1 => D,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _slow.Reset();
        _signal.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_slow);
        writer.Write(_signal);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        reader.Read(_slow);
        reader.Read(_signal);
        _value = reader.ReadDouble();
    }

    /// <summary>Feeds one range and its close and returns %K: the form in which other series are ranked.</summary>
    internal double Update(double high, double low, double close)
    {
        _range.Add(high, low);
        if (!_range.IsFull)
        {
            return _value;
        }

        double lowest = _range.Lowest;
        double range = _range.Highest - lowest;
        double slow = _slow.Update(range == 0 ? 0 : 100 * ((close - lowest) / range));
        if (_slow.IsReady)
        {
            _signal.Update(slow);
            _value = _signal.IsReady ? slow : double.NaN;
        }

        return _value;
    }
}

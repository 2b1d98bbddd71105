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
    private readonly int _slowing;
    private readonly int _signalLength;
    private readonly double _slowShare;
    private readonly double _signalShare;
    private readonly RollingFold<Summation> _slow;
    private readonly RollingFold<Summation> _signal;
    private double _value = double.NaN;
    private double _d = double.NaN;

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
        _slowing = slowing;
        _signalLength = signal;
        _slowShare = 1.0 / slowing;
        _signalShare = 1.0 / signal;
        _slow = new RollingFold<Summation>(slowing);
        _signal = new RollingFold<Summation>(signal);
    }

    /// <inheritdoc/>
    public bool IsReady => _signal.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _rangeLength + _slowing + _signalLength - 2;

    /// <summary>%K.</summary>
    public double Value => _value;

    /// <summary>%K, 0 to 100.</summary>
    public double K => _value;

    /// <summary>%D, 0 to 100.</summary>
    public double D => _d;

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
        _d = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_slow);
        writer.Write(_signal);
        writer.Write(_value);
        writer.Write(_d);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        reader.Read(_slow);
        reader.Read(_signal);
        _value = reader.ReadDouble();
        _d = reader.ReadDouble();
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
        double sum = _slow.Add(range == 0 ? 0 : 100 * ((close - lowest) / range));
        if (_slow.IsFull)
        {
            // Products instead of two more divisions; the limit takes back what rounding may add to 100.
            double slow = double.MinNative(sum * _slowShare, 100);
            double signal = double.MinNative(_signal.Add(slow) * _signalShare, 100);
            if (_signal.IsFull)
            {
                _value = slow;
                _d = signal;
            }
        }

        return _value;
    }
}

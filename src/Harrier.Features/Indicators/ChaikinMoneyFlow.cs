using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Chaikin money flow: volume weighted by the place of the close in its bar (-1 at the low, 1 at the high) over volume, summed over n
/// bars; -1 to 1. A bar without range counts 0; so does a window without volume.
/// </summary>
public sealed class ChaikinMoneyFlow : IIndicator
{
    private readonly int _period;
    private readonly RollingFold<Summation> _flow;
    private readonly RollingFold<Summation> _volume;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public ChaikinMoneyFlow(int period = 20)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _flow = new RollingFold<Summation>(period);
        _volume = new RollingFold<Summation>(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _volume.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double range = bar.High - bar.Low;
        double place = range == 0 ? 0 : (bar.Close - bar.Low - (bar.High - bar.Close)) / range;
        double flow = _flow.Add(place * bar.Volume);
        double volume = _volume.Add(bar.Volume);
        if (_volume.IsFull)
        {
            _value = volume == 0 ? 0 : flow / volume;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _flow.Reset();
        _volume.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_flow);
        writer.Write(_volume);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_flow);
        reader.Read(_volume);
        _value = reader.ReadDouble();
    }
}

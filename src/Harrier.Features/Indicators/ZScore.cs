using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Distance of the newest value from the mean of the last n in standard deviations. NaN where the window is flat: there is no scale
/// to measure with.
/// </summary>
public sealed class ZScore : IPriceIndicator
{
    private readonly int _period;
    private readonly Deviation _deviation;
    private readonly RollingMoments _moments;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <param name="deviation">Divisor of the variance: n or n - 1.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public ZScore(int period = 20, Deviation deviation = Deviation.Population)
    {
        _period = IndicatorParameterException.RequirePeriod(period, 2);
        _deviation = deviation;
        _moments = new RollingMoments(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _moments.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        if (_moments.Update(value))
        {
            double deviation = _moments.StandardDeviation(_deviation);
            _value = deviation == 0 ? double.NaN : _moments.Distance / deviation;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _moments.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_moments);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_moments);
        _value = reader.ReadDouble();
    }
}

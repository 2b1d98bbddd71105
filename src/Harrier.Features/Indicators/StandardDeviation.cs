using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Standard deviation of the last n values, times a multiplier.
/// </summary>
public sealed class StandardDeviation : IPriceIndicator
{
    private readonly int _period;
    private readonly Deviation _deviation;
    private readonly RollingMoments _moments;
    private readonly double _multiplier;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <param name="multiplier">Factor on the result, above 0.</param>
    /// <param name="deviation">Divisor: n or n - 1.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public StandardDeviation(int period, double multiplier = 1, Deviation deviation = Deviation.Population)
    {
        _period = IndicatorParameterException.RequirePeriod(period, 2);
        _multiplier = IndicatorParameterException.RequirePositive(multiplier);
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
            _value = _multiplier * _moments.StandardDeviation(_deviation);
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

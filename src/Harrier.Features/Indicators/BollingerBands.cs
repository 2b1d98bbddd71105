using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Bollinger bands: mean of the last n values plus and minus a multiple of their standard deviation.
/// </summary>
public sealed class BollingerBands : IPriceIndicator
{
    private readonly int _period;
    private readonly Deviation _deviation;
    private readonly RollingMoments _moments;
    private readonly double _multiplier;
    private double _halfWidth = double.NaN;
    private double _last = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <param name="multiplier">Half width in standard deviations, above 0.</param>
    /// <param name="deviation">Divisor of the variance: n (TA-Lib, Bollinger) or n - 1.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public BollingerBands(int period = 20, double multiplier = 2, Deviation deviation = Deviation.Population)
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

    /// <summary>The middle band.</summary>
    public double Value => _moments.Mean;

    /// <summary>Mean plus the multiple of the deviation.</summary>
    public double Upper => _moments.Mean + _halfWidth;

    /// <summary>Mean of the window.</summary>
    public double Middle => _moments.Mean;

    /// <summary>Mean minus the multiple of the deviation.</summary>
    public double Lower => _moments.Mean - _halfWidth;

    /// <summary>Width over the middle band, as a fraction; 0.04 is 4 %.</summary>
    public double Bandwidth => 2 * _halfWidth / _moments.Mean;

    /// <summary>Place of the newest value between the bands: 0 at the lower, 1 at the upper; NaN where they touch.</summary>
    public double PercentB => (_last - Lower) / (2 * _halfWidth);

    /// <inheritdoc/>
    public int OutputCount => 3;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        if (_moments.Update(value))
        {
            _halfWidth = _multiplier * _moments.StandardDeviation(_deviation);
            _last = value;
        }

        return _moments.Mean;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Upper,
        1 => Middle,
        2 => Lower,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _moments.Reset();
        _halfWidth = double.NaN;
        _last = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_moments);
        writer.Write(_halfWidth);
        writer.Write(_last);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_moments);
        _halfWidth = reader.ReadDouble();
        _last = reader.ReadDouble();
    }
}

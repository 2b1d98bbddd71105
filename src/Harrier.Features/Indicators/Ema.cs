using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Exponential moving average with weight 2/(n+1) on the newest value. By default seeded with the mean of the first n values, as
/// TA-Lib does; <see cref="Seeding.FirstValue"/> gives pandas' <c>adjust=False</c>.
/// </summary>
public sealed class Ema : IPriceIndicator
{
    private readonly Smoother _average;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 1 or more.</param>
    /// <param name="seeding">Where the average starts.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Ema(int period, Seeding seeding = Seeding.SimpleMean)
    {
        IndicatorParameterException.RequirePeriod(period);
        _average = new Smoother(period, Smoothing.Exponential, seeding);
    }

    /// <inheritdoc/>
    public bool IsReady => _average.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _average.WarmUp;

    /// <inheritdoc/>
    public double Value => _average.Value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        return _average.Update(value);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _average.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_average);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_average);
    }
}

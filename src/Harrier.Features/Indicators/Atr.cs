using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Average true range (Wilder, 1978), in price units.
/// </summary>
public sealed class Atr : IIndicator
{
    private readonly TrueRange _range;
    private readonly Smoother _average;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 1 or more.</param>
    /// <param name="smoothing">How true ranges are averaged.</param>
    /// <param name="seeding">Where an exponential average starts.</param>
    /// <param name="first">What the first bar contributes.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Atr(int period = 14, Smoothing smoothing = Smoothing.Wilder, Seeding seeding = Seeding.SimpleMean, FirstTrueRange first = FirstTrueRange.Skipped)
    {
        IndicatorParameterException.RequirePeriod(period);
        _range = new TrueRange(first);
        _average = new Smoother(period, smoothing, seeding);
    }

    /// <inheritdoc/>
    public bool IsReady => _average.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _range.WarmUp + _average.WarmUp - 1;

    /// <inheritdoc/>
    public double Value => _average.Value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double range = _range.Update(bar);
        return _range.IsReady ? _average.Update(range) : double.NaN;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _average.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_average);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        reader.Read(_average);
    }
}

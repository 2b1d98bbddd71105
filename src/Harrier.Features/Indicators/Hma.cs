using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Hull moving average (Hull, 2005): a WMA over round(sqrt n) of 2 WMA(n/2) - WMA(n), n/2 rounded down.
/// </summary>
public sealed class Hma : IPriceIndicator
{
    private readonly Wma _half;
    private readonly Wma _full;
    private readonly Wma _smooth;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 2 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Hma(int period)
    {
        IndicatorParameterException.RequirePeriod(period, 2);
        _half = new Wma(period / 2);
        _full = new Wma(period);
        _smooth = new Wma((int)Math.Round(Math.Sqrt(period), MidpointRounding.AwayFromZero));
    }

    /// <inheritdoc/>
    public bool IsReady => _smooth.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _full.WarmUp + _smooth.WarmUp - 1;

    /// <inheritdoc/>
    public double Value => _smooth.Value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double half = _half.Update(value);
        double full = _full.Update(value);
        return _full.IsReady ? _smooth.Update((2 * half) - full) : double.NaN;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _half.Reset();
        _full.Reset();
        _smooth.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_half);
        writer.Write(_full);
        writer.Write(_smooth);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_half);
        reader.Read(_full);
        reader.Read(_smooth);
    }
}

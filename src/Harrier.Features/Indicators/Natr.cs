using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Average true range in percent of the close; 0 where the close is 0.
/// </summary>
public sealed class Natr : IIndicator
{
    private readonly Atr _range;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 1 or more.</param>
    /// <param name="smoothing">How true ranges are averaged.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Natr(int period = 14, Smoothing smoothing = Smoothing.Wilder)
    {
        _range = new Atr(period, smoothing);
    }

    /// <inheritdoc/>
    public bool IsReady => _range.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _range.WarmUp;

    /// <inheritdoc/>
    public double Value => _range.IsReady ? _value : double.NaN;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double range = _range.Update(bar);
        _value = bar.Close == 0 ? 0 : 100 * (range / bar.Close);
        return Value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        _value = reader.ReadDouble();
    }
}

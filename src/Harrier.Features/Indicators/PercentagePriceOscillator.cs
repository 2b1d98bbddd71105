using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// The <see cref="AbsolutePriceOscillator"/> in percent of its slow average; 0 where that average is 0.
/// </summary>
public sealed class PercentagePriceOscillator : IPriceIndicator
{
    private readonly AbsolutePriceOscillator _oscillator;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="fast">Period of the fast EMA.</param>
    /// <param name="slow">Period of the slow EMA; the two are swapped when it is the shorter.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public PercentagePriceOscillator(int fast = 12, int slow = 26)
    {
        _oscillator = new AbsolutePriceOscillator(fast, slow);
    }

    /// <inheritdoc/>
    public bool IsReady => _oscillator.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _oscillator.WarmUp;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double difference = _oscillator.Update(value);
        double slow = _oscillator.SlowAverage;
        _value = slow == 0 ? 0 : 100 * (difference / slow);
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _oscillator.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_oscillator);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_oscillator);
        _value = reader.ReadDouble();
    }
}

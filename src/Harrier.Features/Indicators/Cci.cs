using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Commodity channel index (Lambert, 1980): distance of the typical price from its mean over n bars in units of 0.015 mean absolute
/// deviations; 0 where there is no deviation.
/// </summary>
public sealed class Cci : IIndicator
{
    private const double Lambert = 0.015;

    private readonly int _period;
    private readonly ValueWindow _prices;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Cci(int period = 20)
    {
        _period = IndicatorParameterException.RequirePeriod(period, 2);
        _prices = new ValueWindow(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _prices.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double price = bar.TypicalPrice;
        _prices.Add(price);
        if (!_prices.IsFull)
        {
            return _value;
        }

        // Distances from the newest price instead of the prices: exact zeros where the window is flat, and no lost digits.
        ReadOnlySpan<double> prices = _prices.Values;
        double sum = 0;
        foreach (double other in prices)
        {
            sum += other - price;
        }

        double offset = sum / prices.Length;
        double deviations = 0;
        foreach (double other in prices)
        {
            deviations += Math.Abs(other - price - offset);
        }

        _value = deviations == 0 ? 0 : -offset / (Lambert * (deviations / prices.Length));
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _prices.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_prices);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_prices);
        _value = reader.ReadDouble();
    }
}

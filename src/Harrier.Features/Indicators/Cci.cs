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
    private readonly RollingMoments _moments;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Cci(int period = 20)
    {
        _period = IndicatorParameterException.RequirePeriod(period, 2);
        _prices = new ValueWindow(period);
        _moments = new RollingMoments(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _moments.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double price = bar.TypicalPrice;
        _prices.Add(price);
        if (_moments.Update(price))
        {
            double distance = _moments.Distance;
            double deviations = SumOfDeviations(_prices.Values, price, distance);
            _value = deviations == 0 ? 0 : distance / (Lambert * (deviations / _period));
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _prices.Reset();
        _moments.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_prices);
        writer.Write(_moments);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_prices);
        reader.Read(_moments);
        _value = reader.ReadDouble();
    }

    /// <summary>
    /// Sum of absolute distances from the mean, which lies <paramref name="distance"/> below <paramref name="price"/>. Four sums, so that
    /// they need not wait for each other; no vectors, because those would wait for the price that was just written.
    /// </summary>
    private static double SumOfDeviations(ReadOnlySpan<double> values, double price, double distance)
    {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        while (values.Length >= 4)
        {
            first += Math.Abs(values[0] - price + distance);
            second += Math.Abs(values[1] - price + distance);
            third += Math.Abs(values[2] - price + distance);
            fourth += Math.Abs(values[3] - price + distance);
            values = values[4..];
        }

        foreach (double value in values)
        {
            first += Math.Abs(value - price + distance);
        }

        return first + second + (third + fourth);
    }
}

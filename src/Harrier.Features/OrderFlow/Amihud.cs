using Harrier.Domain;
using Harrier.Features.Indicators;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Amihud's illiquidity (2002): mean of |return of the close| over volume in quote currency, for the last n bars. The volume in quote currency is
/// base volume times typical price. A bar without volume says nothing and is left out.
/// </summary>
/// <param name="window">n, 1 or more.</param>
public sealed class Amihud(int window = 30) : IBarFeature
{
    private readonly SeriesRing<double> _ratios = new(IndicatorParameterException.RequirePeriod(window));
    private double _lastClose = double.NaN;

    /// <summary>True once n bars with volume followed another bar.</summary>
    public bool IsReady => _ratios.Count >= window;

    /// <summary>Fraction by which one unit of quote currency moves the price; NaN before n bars.</summary>
    public double Value
    {
        get
        {
            double sum = 0;
            for (int i = _ratios.First; i < _ratios.Count; i++)
            {
                sum += _ratios[i];
            }

            return IsReady ? sum / window : double.NaN;
        }
    }

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar)
    {
        double volume = bar.Volume * bar.Values.TypicalPrice;
        if (!double.IsNaN(_lastClose) && volume > 0)
        {
            _ratios.Add(Math.Abs((bar.Close / _lastClose) - 1) / volume);
        }

        _lastClose = bar.Close;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_ratios);
        writer.Write(_lastClose);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_ratios);
        _lastClose = reader.ReadDouble();
    }
}

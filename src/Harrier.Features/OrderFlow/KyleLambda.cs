using Harrier.Domain;
using Harrier.Features.Indicators;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Kyle's lambda (1985): the slope of price changes on signed volume over the last n observations, by least squares: how far the price moves per unit
/// of net taker volume. Computed from the observations when it is read, so that nothing drifts.
/// </summary>
/// <param name="window">n, 2 or more.</param>
public sealed class KyleLambda(int window = 50) : IBarFeature
{
    private readonly SeriesRing<Observation> _observations = new(IndicatorParameterException.RequirePeriod(window, 2));
    private double _lastClose = double.NaN;

    /// <summary>True once n observations were made.</summary>
    public bool IsReady => _observations.Count >= window;

    /// <summary>Slope of the line through the origin; NaN before n observations and without volume.</summary>
    public double ThroughOrigin => Slope(withIntercept: false);

    /// <summary>Slope of the line with an intercept; NaN before n observations and when all volumes are the same.</summary>
    public double WithIntercept => Slope(withIntercept: true);

    /// <summary>Adds an observation.</summary>
    /// <param name="priceChange">Change of the price.</param>
    /// <param name="signedVolume">Taker buys less taker sells over the same time.</param>
    public void Add(double priceChange, double signedVolume) => _observations.Add(new Observation(signedVolume, priceChange));

    /// <summary>Adds the change of the close with the delta from the taker-buy volume; a bar without one is not observed.</summary>
    public void OnBar(in ClosedBar bar)
    {
        if (!double.IsNaN(_lastClose) && !double.IsNaN(bar.TakerBuyVolume))
        {
            Add(bar.Close - _lastClose, (2 * bar.TakerBuyVolume) - bar.Volume);
        }

        _lastClose = bar.Close;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_observations);
        writer.Write(_lastClose);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_observations);
        _lastClose = reader.ReadDouble();
    }

    private double Slope(bool withIntercept)
    {
        if (!IsReady)
        {
            return double.NaN;
        }

        double meanVolume = 0;
        double meanChange = 0;
        for (int i = _observations.First; withIntercept && i < _observations.Count; i++)
        {
            meanVolume += _observations[i].Volume / window;
            meanChange += _observations[i].Change / window;
        }

        double products = 0;
        double squares = 0;
        for (int i = _observations.First; i < _observations.Count; i++)
        {
            double volume = _observations[i].Volume - meanVolume;
            products += volume * (_observations[i].Change - meanChange);
            squares += volume * volume;
        }

        return squares > 0 ? products / squares : double.NaN;
    }

    private readonly record struct Observation(double Volume, double Change);
}

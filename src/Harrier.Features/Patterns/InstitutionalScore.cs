using Harrier.Features.OrderFlow;

namespace Harrier.Features.Patterns;

/// <summary>
/// Signs that large traders are at work in a range, 0 to 100: 20 for a bar of more than twice the mean volume; 30 for more than two bars of more than
/// one and a half times the mean volume whose body is at most a third of their range (effort without result); 25 for a touch of an edge on less than
/// half the mean volume (nobody is left); 25 when the cumulative delta rises with time, by a correlation of at least 0.6. The delta is the venue's
/// where the bars tell it, else the estimate.
/// </summary>
internal struct InstitutionalScore
{
    private const double MinCorrelation = 0.6;
    private const double EdgeShare = 0.1;

    // All of eight bytes: the state is saved byte by byte and has no gaps.
    private double _delta;
    private double _sum;
    private double _squares;
    private double _products;
    private long _bars;
    private long _heavyBars;
    private long _efforts;
    private long _dryTouches;

    /// <summary>Bars of at least one and a half times the mean volume.</summary>
    public long Spikes { get; private set; }

    public readonly double Value
    {
        get
        {
            double n = _bars;
            double times = n * ((n * n) - 1) / 12;
            double deltas = _squares - (_sum * _sum / Math.Max(1, n));
            double together = _products - (_sum * (n - 1) / 2);
            bool rises = n > 2 && deltas > 0 && together >= MinCorrelation * Math.Sqrt(times * deltas);
            return (_heavyBars > 0 ? 20 : 0) + (_efforts > 2 ? 30 : 0) + (_dryTouches > 0 ? 25 : 0) + (rises ? 25 : 0);
        }
    }

    /// <summary>Takes one bar of the range.</summary>
    /// <param name="bar">The bar, mirrored in a distribution.</param>
    /// <param name="lastClose">Close of the bar before.</param>
    /// <param name="meanVolume">Of the bars before.</param>
    /// <param name="range">Support and resistance; the resistance is infinite until it is known.</param>
    public void Add(in ClosedBar bar, double lastClose, double meanVolume, (double Support, double Resistance) range)
    {
        _delta += double.IsNaN(bar.TakerBuyVolume) ? DeltaEstimate.Of(bar.Values, lastClose) : (2 * bar.TakerBuyVolume) - bar.Volume;
        _sum += _delta;
        _squares += _delta * _delta;
        _products += _bars * _delta;
        _bars++;
        bool isSpike = bar.Volume >= 1.5 * meanVolume;
        Spikes += isSpike ? 1 : 0;
        _heavyBars += bar.Volume > 2 * meanVolume ? 1 : 0;
        _efforts += isSpike && Math.Abs(bar.Close - bar.Open) <= bar.Range / 3 ? 1 : 0;
        double edge = EdgeShare * (range.Resistance - range.Support);
        bool isAtEdge = double.IsFinite(edge) && (bar.Low <= range.Support + edge || bar.High >= range.Resistance - edge);
        _dryTouches += isAtEdge && bar.Volume < 0.5 * meanVolume ? 1 : 0;
    }
}

using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Strategies;

/// <summary>Who is told what of one instrument, in the order in which they were asked for.</summary>
internal sealed class Feeds
{
    public IIndicator[] Bars { get; private set; } = [];

    public IBarFeature[] ClosedBars { get; private set; } = [];

    public ITradeFeature[] Trades { get; private set; } = [];

    public IBookFeature[] Books { get; private set; } = [];

    public DensityDetector[] Detectors { get; private set; } = [];

    public (int Number, IClockFeature Feature)[] Clocks { get; private set; } = [];

    public bool HasClocks => Clocks.Length > 0;

    /// <summary>True from the instrument's first trade or book on: then time begins for its features.</summary>
    public bool AreClocksSet { get; set; }

    /// <summary>Adds a feature where it belongs.</summary>
    /// <returns>False when it belongs nowhere.</returns>
    public bool TryAdd(IStateful feature, int number)
    {
        Bars = feature is IIndicator bars ? [.. Bars, bars] : Bars;
        ClosedBars = feature is IBarFeature closed ? [.. ClosedBars, closed] : ClosedBars;
        Trades = feature is ITradeFeature trades ? [.. Trades, trades] : Trades;
        Books = feature is IBookFeature books ? [.. Books, books] : Books;
        Detectors = feature is DensityDetector detector ? [.. Detectors, detector] : Detectors;
        Clocks = feature is IClockFeature clock ? [.. Clocks, (number, clock)] : Clocks;
        AreClocksSet &= feature is not IClockFeature;
        return feature is IIndicator or IBarFeature or ITradeFeature or IBookFeature or IClockFeature;
    }
}

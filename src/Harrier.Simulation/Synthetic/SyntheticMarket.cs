using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// A made-up market for first steps, demos and tests without the internet. It shows what real markets show (trends, ranges and turbulence,
/// clustered volatility, fat tails, jumps, correlated symbols, a daily rhythm of volume) and holds no edge on purpose beyond the drift of its
/// trends, so a result on it says that a program runs, not that a strategy earns.
/// </summary>
public static class SyntheticMarket
{
    /// <summary>Makes the bars of all symbols.</summary>
    /// <param name="settings">What to make.</param>
    /// <returns>One series per symbol in the order of the settings; instrument ids count from 0. The same settings give the same bits.</returns>
    /// <exception cref="ArgumentException">The venue is not a simulated one, there is no bar or symbol, or the interval is not above 0.</exception>
    public static IReadOnlyList<BarSeries> Generate(SyntheticMarketSettings settings)
    {
        Check(settings);
        BarSpec spec = new(settings.Interval.Ticks * 100, BarKind.Time, BarSource.Synthetic);
        double barDays = settings.Interval.TotalDays;
        MarketFactor market = new(new RandomStream(settings.Seed), barDays);
        Instrument[] instruments = new Instrument[settings.Symbols.Count];
        SymbolPath[] paths = new SymbolPath[instruments.Length];
        Bar[][] bars = new Bar[instruments.Length][];
        for (int i = 0; i < instruments.Length; i++)
        {
            instruments[i] = new Instrument(new InstrumentId(i), Define(settings.Symbols[i], settings.Venue));
            paths[i] = new SymbolPath(settings.Symbols[i], instruments[i], spec, new RandomStream(settings.Seed, i + 1));
            bars[i] = new Bar[settings.Count];
        }

        Timestamp time = spec.BucketStart(settings.Start);
        for (int k = 0; k < settings.Count; k++)
        {
            market.Advance(time);
            for (int i = 0; i < paths.Length; i++)
            {
                bars[i][k] = paths[i].Next(market, time);
            }

            time = new Timestamp(time.Nanos + spec.IntervalNanos);
        }

        return [.. bars.Select((array, i) => new BarSeries(instruments[i], spec, array, array.Length))];
    }

    private static void Check(SyntheticMarketSettings settings)
    {
        if (!settings.Venue.IsSimulated)
        {
            throw new ArgumentException($"synthetic bars belong to a venue whose name begins with sim-, got {settings.Venue}", nameof(settings));
        }

        if (settings.Count <= 0 || settings.Symbols.Count == 0 || settings.Interval <= TimeSpan.Zero)
        {
            throw new ArgumentException(
                $"a synthetic market needs at least one bar, one symbol and an interval above 0, got {settings.Count}, {settings.Symbols.Count}, {settings.Interval}", nameof(settings));
        }
    }

    private static InstrumentDefinition Define(SyntheticSymbol symbol, VenueId venue) => new()
    {
        Venue = venue,
        Symbol = symbol.Base.Code + symbol.Quote.Code,
        Base = symbol.Base,
        Quote = symbol.Quote,
        TickSize = symbol.TickSize,
        LotSize = symbol.LotSize,
        MinNotional = 5,
    };
}

using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Cli.Levels;

/// <summary>Asks a venue for its last closed bars.</summary>
internal static class VenueBars
{
    /// <summary>The bars, oldest first.</summary>
    /// <param name="history">The venue's past.</param>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="interval">Length of a bar.</param>
    /// <param name="count">How many, at most.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InputException">The venue has no such symbol or no bars of this length.</exception>
    /// <exception cref="VenueUnreachableException">The venue did not answer.</exception>
    public static async Task<BarSeries> ReadAsync(IMarketHistory history, string symbol, BarSpec interval, int count, CancellationToken stop)
    {
        BarSpec spec = history.Intervals.FirstOrDefault(one => one.IntervalNanos == interval.IntervalNanos);
        if (spec.IntervalNanos == 0)
        {
            throw new InputException("interval", interval.ToString(), "one of " + string.Join(", ", history.Intervals));
        }

        Instrument instrument = await InstrumentAsync(history, symbol, stop).ConfigureAwait(false);
        Timestamp end = spec.BucketStart(Told(await history.TimeAsync(stop).ConfigureAwait(false), symbol));
        Timestamp from = new(end.Nanos - (count * spec.IntervalNanos));
        List<Bar> bars = [];
        while (from < end)
        {
            HistoryPage<HistoricalBar> page = Told(await history.BarsAsync(new BarHistoryQuery(symbol, spec, from, end), stop).ConfigureAwait(false), symbol);
            bars.AddRange(page.Rows.Select(row => BarOf(row, instrument, spec)));
            if (page.Until <= from)
            {
                break;
            }

            from = page.Until;
        }

        return bars.Count > 0
            ? new BarSeries(instrument, spec, [.. bars], bars.Count)
            : throw new InputException("symbol", symbol, $"a symbol with closed bars of {spec} at {history.Venue}");
    }

    private static async Task<Instrument> InstrumentAsync(IMarketHistory history, string symbol, CancellationToken stop)
    {
        IReadOnlyDictionary<string, HistoryListing> listings = Told(await history.ListingsAsync([symbol], stop).ConfigureAwait(false), symbol);
        if (!listings.TryGetValue(symbol, out HistoryListing? listing) || !SymbolText.TryParse(symbol, out Asset baseAsset, out Asset quoteAsset))
        {
            throw new InputException("symbol", symbol, $"a symbol of {history.Venue}");
        }

        return new Instrument(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = history.Venue,
            Symbol = symbol,
            Kind = listing.Kind,
            Base = baseAsset,
            Quote = quoteAsset,
            TickSize = listing.TickSize,
            LotSize = listing.LotSize,
        });
    }

    private static T Told<T>(HistoryAnswer<T> answer, string symbol)
        where T : notnull => answer.IsOk
            ? answer.Value
            : throw FaultOf(answer.Fault, symbol);

    private static Exception FaultOf(HistoryFault fault, string symbol) => fault.Kind == HistoryFaultKind.UnknownSymbol
        ? new InputException("symbol", symbol, fault.Message)
        : new VenueUnreachableException(fault.Message);

    private static Bar BarOf(HistoricalBar row, Instrument instrument, BarSpec spec) => new()
    {
        OpenTime = row.OpenTime,
        Open = instrument.ToTicks(row.Open),
        High = instrument.ToTicks(row.High),
        Low = instrument.ToTicks(row.Low),
        Close = instrument.ToTicks(row.Close),
        Volume = (double)row.Volume,
        QuoteVolume = (double?)row.QuoteVolume ?? double.NaN,
        TakerBuyVolume = (double?)row.TakerBuyVolume ?? double.NaN,
        Spec = spec,
        TradeCount = (int)Math.Min(row.TradeCount ?? -1, int.MaxValue),
        Instrument = instrument.Id,
    };
}

using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;

namespace Harrier.Cli.Backtests;

/// <summary>
/// The stored trades of one symbol as a tape. They were asked for afterwards, so that nothing tells when they would have reached us: they count as received when they
/// happened.
/// </summary>
internal sealed class StoredTape : SourceTape
{
    private const int MostLotDecimals = 8;

    private readonly MarketStore _store;
    private readonly SeriesKey _key;
    private readonly TimeRange _range;

    private StoredTape(MarketStore store, SeriesKey key, Instrument instrument, TimeRange range)
        : base(instrument)
    {
        _store = store;
        _key = key;
        _range = range;
    }

    /// <inheritdoc/>
    public override string Source => $"store {_store.Root}";

    /// <summary>Opens a store and finds the trades that are asked for.</summary>
    /// <param name="root">The folder of the store.</param>
    /// <param name="request">Venue, market and grid.</param>
    /// <param name="wanted">The symbol, null for the only one; and what of its trades is played.</param>
    /// <exception cref="InputException">There are none, or of several symbols or venues and none was chosen.</exception>
    /// <exception cref="StoreException">The store is damaged.</exception>
    public static StoredTape Open(string root, BacktestRequest request, (string? Symbol, TapeWindow Window) wanted)
    {
        MarketStore store = MarketStore.Open(root);
        try
        {
            SeriesKey key = Choose(store, request, wanted.Symbol);
            TimeRange range = new(wanted.Window.From ?? TimeRange.Always.From, wanted.Window.To is { } to ? new Timestamp(to.Nanos + 1) : TimeRange.Always.To);
            store.Trades.RequireUnchanged(key, range);
            return new StoredTape(store, key, new Instrument(new InstrumentId(0), Define(key, store.Trades.Describe(key), request.Reading)), range);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ITapeReader Open() => new Reader(_store.Trades.Read(_key, _range).GetEnumerator(), Instrument);

    /// <inheritdoc/>
    public override CheckResult Check(TapeSurvey survey)
    {
        IReadOnlyList<TimeRange> missing = new TimeRange(survey.First, survey.Last).Except(_store.Trades.FactsOf(_key).Covered);
        return new CheckResult(
            "stored_trades",
            missing.Count == 0,
            missing.Count == 0 ? "the venue was asked for all of the time played" : $"nothing tells whether trades are missing from {missing[0]}{(missing.Count > 1 ? $" and {missing.Count - 1} more spans" : "")}");
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Notes(TapeSurvey survey) =>
    [
        FormattableString.Invariant($"{survey.Trades} trades"),
        "note: stored trades do not say when they reached anybody: feed latency counts as 0; --feed-latency-ms sets one",
    ];

    /// <inheritdoc/>
    public override void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    private static SeriesKey Choose(MarketStore store, BacktestRequest request, string? symbol)
    {
        SeriesKey[] keys = [.. store.List().Where(key => key.Kind == SeriesKind.Trades)];
        SeriesKey[] found = [.. keys.Where(key => (symbol is null || key.Symbol == symbol) && (request.Venue is null || key.Venue == request.Venue))];
        if (found is [{ } only])
        {
            return only;
        }

        string[] symbols = [.. found.Select(key => key.Symbol).Distinct()];
        throw found.Length == 0
            ? new InputException("data", store.Root, "a store with trades " + (symbol is null ? "(collect --kind trades brings some)" : $"of {symbol}; it has {Join(keys)}"))
            : symbols.Length > 1
                ? new InputException("symbol", "none given", "one of the trades: " + string.Join(", ", symbols))
                : new InputException("venue", "none given", "one of " + Join(found));
    }

    private static string Join(IEnumerable<SeriesKey> keys) => keys.Any() ? string.Join(", ", keys.Select(key => $"{key.Venue} {key.Symbol}")) : "none";

    private static InstrumentDefinition Define(SeriesKey key, SeriesDescription description, BarReadOptions options)
    {
        _ = SymbolText.TryParse(key.Symbol, out Asset asset, out Asset quote);
        return new InstrumentDefinition
        {
            Venue = key.Venue,
            Symbol = key.Symbol,
            Kind = options.Market,
            Base = asset,
            Quote = quote,
            TickSize = options.TickSize ?? Step(description.PriceDecimals),
            LotSize = options.LotSize ?? Step(Math.Min(MostLotDecimals, description.VolumeDecimals)),
            MinNotional = options.MinNotional,
        };
    }

    private static decimal Step(int decimals) => new(1, 0, 0, false, (byte)decimals);

    private sealed class Reader(IEnumerator<HistoricalTrade> trades, Instrument instrument) : ITapeReader
    {
        public bool Read(ITapeSink sink)
        {
            if (!trades.MoveNext())
            {
                return false;
            }

            HistoricalTrade trade = trades.Current;
            MarketEvent marketEvent = new()
            {
                ExchangeTime = trade.Time,
                ReceivedTime = trade.Time,
                Price = TicksOf(trade.Price),

                // Where --lot is coarser than the trades: what is below one lot was traded all the same.
                Size = new SizeLots(Math.Max(1, instrument.FloorToLots(trade.Quantity).Value)),
                TradeId = trade.Id,
                Instrument = instrument.Id,
                Kind = MarketEventKind.Trade,
                IsSell = trade.IsSell,
            };
            sink.Add(in marketEvent);
            return true;
        }

        public void Dispose() => trades.Dispose();

        private PriceTicks TicksOf(decimal price)
        {
            try
            {
                return instrument.ToTicks(price);
            }
            catch (ArgumentException)
            {
                throw new InputException("tick", FormattableString.Invariant($"{instrument.Definition.TickSize}"), FormattableString.Invariant($"a step of which all prices are multiples; {price} is not"));
            }
        }
    }
}

using Harrier.Domain;
using Harrier.Simulation.Synthetic;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>How much made-up history there is, and how much of it the candles hold; what they do not hold is made when it is asked for.</summary>
/// <param name="Days">Days of history, at least 2: of these every length of candle can be asked for.</param>
/// <param name="Hours">Hours that are held before the minutes begin.</param>
/// <param name="Minutes">Minutes that are held before the seconds begin; at least 1,500, so that the rolling day is full.</param>
/// <param name="Seconds">Seconds that are held before the start.</param>
public readonly record struct HistoryLength(int Days, int Hours, int Minutes, int Seconds)
{
    /// <summary>Enough for the warm-up of any bot and for years of collected history; with more than 20 symbols a year.</summary>
    public static HistoryLength For(int symbols) => symbols <= 20 ? new HistoryLength(1000, 500, 1500, 600) : new HistoryLength(370, 24, 1500, 60);
}

/// <summary>
/// Fills candle stores with the past of a synthetic market. Days are drawn freely, and after the last whole day its hours so far, its minutes and its seconds, each beginning
/// at the price where the longer ones ended; within whole days, hours and minutes the shorter ones come of dividing the longer. So all intervals agree, and the live price
/// follows the last second without a jump.
/// </summary>
public static class MarketHistory
{
    private static readonly CandleInterval[] Stages = [CandleInterval.Day, CandleInterval.Hour, CandleInterval.Minute, CandleInterval.Second];

    /// <summary>Seeds the candles of all symbols.</summary>
    /// <param name="markets">Each core with its store; a symbol on several cores gets the same history.</param>
    /// <param name="options">Seed and symbols of the market.</param>
    /// <param name="length">How much.</param>
    /// <returns>The options with every symbol's start price where its history ends: make the <see cref="SyntheticOrderFlow"/> with these.</returns>
    public static SyntheticOrderFlowOptions Seed(IReadOnlyList<(ExchangeCore Core, CandleStore Candles)> markets, SyntheticOrderFlowOptions options, HistoryLength length)
    {
        Dictionary<string, SyntheticSymbol> symbols = [];
        foreach (ListedInstrument instrument in markets.SelectMany(market => market.Core.Listings))
        {
            symbols.TryAdd(instrument.Symbol, Describe(instrument, options));
        }

        Timestamp end = CandleInterval.Second.Start(markets[0].Core.Now);
        Dictionary<string, PastCandles> pasts = symbols.ToDictionary(
            pair => pair.Key, pair => new PastCandles(new CandleDivision(SeedOf(options.Seed, pair.Key), pair.Value.TickSize, pair.Value.LotSize)));
        Timestamp from = new(CandleInterval.Day.Start(end).Nanos - (Math.Max(2, length.Days) * CandleInterval.Day.Nanos));
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            Timestamp until = stage + 1 < Stages.Length ? Stages[stage].Start(end) : end;
            symbols = Draw(symbols, pasts, Stages[stage], (from, until, options.Seed + stage));
            from = until;
        }

        foreach ((ExchangeCore core, CandleStore candles) in markets)
        {
            foreach (ListedInstrument instrument in core.Listings)
            {
                Fill(candles, instrument.Symbol, pasts[instrument.Symbol], Starts(end, length));
            }

            FundingPast.Seed(core, pasts);
        }

        foreach ((ExchangeCore _, CandleStore candles) in markets)
        {
            candles.EndSeeding();
        }

        return options with { Symbols = symbols };
    }

    /// <summary>The properties of an instrument's symbol on the instrument's own grid; its last price, if it has one, is the start price.</summary>
    internal static SyntheticSymbol Describe(ListedInstrument instrument, SyntheticOrderFlowOptions options)
    {
        if (options.Symbols.TryGetValue(instrument.Symbol, out SyntheticSymbol? given))
        {
            return given;
        }

        SyntheticSymbol symbol = SymbolCatalog.Find(new Asset(instrument.Base), new Asset(instrument.Quote));
        double start = instrument.LastPrice > 0 ? (double)instrument.LastPrice : symbol.StartPrice;
        return symbol with { TickSize = instrument.TickSize, LotSize = instrument.LotSize, StartPrice = start };
    }

    // FNV-1a: symbols must not depend on what else is listed.
    private static long SeedOf(long seed, string symbol) => symbol.Aggregate(seed ^ 0x4BF2_9CE4_8422_2325, static (hash, letter) => unchecked((hash ^ letter) * 0x100_0000_01B3));

    private static Timestamp[] Starts(Timestamp end, HistoryLength length)
    {
        Timestamp seconds = CandleInterval.Minute.Start(new Timestamp(end.Nanos - (length.Seconds * CandleInterval.Second.Nanos)));
        Timestamp minutes = CandleInterval.Hour.Start(new Timestamp(seconds.Nanos - (Math.Max(1500, length.Minutes) * CandleInterval.Minute.Nanos)));
        Timestamp hours = CandleInterval.Day.Start(new Timestamp(minutes.Nanos - (length.Hours * CandleInterval.Hour.Nanos)));
        return [new Timestamp(0), hours, minutes, seconds, end];
    }

    // The stores hold the newest of each length; coarse pieces first.
    private static void Fill(CandleStore candles, string symbol, PastCandles past, Timestamp[] starts)
    {
        candles.UsePast(symbol, past);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            candles.Seed(symbol, Stages[stage], past.Between(Stages[stage], starts[stage].Nanos, starts[stage + 1].Nanos));
        }
    }

    private static Dictionary<string, SyntheticSymbol> Draw(
        Dictionary<string, SyntheticSymbol> symbols, Dictionary<string, PastCandles> pasts, CandleInterval interval, (Timestamp From, Timestamp Until, long Seed) span)
    {
        long count = (span.Until.Nanos - span.From.Nanos) / interval.Nanos;
        string[] names = [.. symbols.Keys];
        if (count <= 0)
        {
            Array.ForEach(names, name => pasts[name].Keep(interval, [], span.Until));
            return symbols;
        }

        IReadOnlyList<BarSeries> series = SyntheticMarket.Generate(new SyntheticMarketSettings
        {
            Seed = span.Seed,
            Interval = TimeSpan.FromTicks(interval.Nanos / 100),
            Start = span.From,
            Count = (int)count,
            Symbols = [.. symbols.Values],
        });
        Dictionary<string, SyntheticSymbol> next = [];
        for (int i = 0; i < names.Length; i++)
        {
            BarSeries bars = series[i];
            pasts[names[i]].Keep(interval, Candles(bars), span.Until);
            next.Add(names[i], symbols[names[i]] with { StartPrice = bars.Instrument.ToDouble(bars[bars.Count - 1].Close) });
        }

        return next;
    }

    private static Candle[] Candles(BarSeries series)
    {
        Candle[] candles = new Candle[series.Count];
        for (int i = 0; i < candles.Length; i++)
        {
            candles[i] = FromBar(series[i], series.Instrument);
        }

        return candles;
    }

    /// <summary>A bar as a candle: volumes become decimals, those the bar does not know become plausible.</summary>
    internal static Candle FromBar(in Bar bar, Instrument instrument)
    {
        decimal volume = (decimal)bar.Volume;
        decimal typical = instrument.ToDecimal(new PriceTicks((bar.High.Value + bar.Low.Value + bar.Close.Value) / 3));
        decimal buys = double.IsNaN(bar.TakerBuyVolume) ? instrument.ToDecimal(instrument.FloorToLots(volume / 2)) : (decimal)bar.TakerBuyVolume;
        return new Candle
        {
            OpenTime = bar.OpenTime,
            CloseTime = new Timestamp(bar.CloseTime.Nanos - 1_000_000),
            Open = instrument.ToDecimal(bar.Open),
            High = instrument.ToDecimal(bar.High),
            Low = instrument.ToDecimal(bar.Low),
            Close = instrument.ToDecimal(bar.Close),
            Volume = volume,
            QuoteVolume = double.IsNaN(bar.QuoteVolume) ? volume * typical : (decimal)bar.QuoteVolume,
            TakerBuyVolume = buys,
            TakerBuyQuoteVolume = buys * typical,
            TradeCount = bar.TradeCount > 0 ? bar.TradeCount : volume > 0 ? 1 : 0,
            FirstTradeId = -1,
            LastTradeId = -1,
        };
    }
}

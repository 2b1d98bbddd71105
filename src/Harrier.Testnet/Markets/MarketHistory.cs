using Harrier.Domain;
using Harrier.Simulation.Synthetic;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>How much made-up history the candles get.</summary>
/// <param name="Days">Days before the hours begin.</param>
/// <param name="Hours">Hours before the minutes begin.</param>
/// <param name="Minutes">Minutes before the seconds begin; at least 1,500, so that the rolling day is full.</param>
/// <param name="Seconds">Seconds before the start.</param>
public readonly record struct HistoryLength(int Days, int Hours, int Minutes, int Seconds)
{
    /// <summary>Enough for the warm-up of any bot on a few symbols; with more than 20 symbols less of each.</summary>
    public static HistoryLength For(int symbols) => symbols <= 20 ? new HistoryLength(900, 2500, 6000, 3600) : new HistoryLength(200, 500, 1500, 300);
}

/// <summary>
/// Fills candle stores with the past of a synthetic market: days, then hours, then minutes, then seconds, each beginning at the price where the longer
/// ones ended and at a boundary of the longer ones, so that all intervals agree and the live price follows the last second without a jump.
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
        Timestamp[] starts = Starts(end, length);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            Timestamp until = stage + 1 < Stages.Length ? starts[stage + 1] : end;
            symbols = Stage(markets, symbols, Stages[stage], (starts[stage], until, options.Seed + stage));
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

    private static Timestamp[] Starts(Timestamp end, HistoryLength length)
    {
        Timestamp seconds = CandleInterval.Minute.Start(new Timestamp(end.Nanos - (length.Seconds * CandleInterval.Second.Nanos)));
        Timestamp minutes = CandleInterval.Hour.Start(new Timestamp(seconds.Nanos - (Math.Max(1500, length.Minutes) * CandleInterval.Minute.Nanos)));
        Timestamp hours = CandleInterval.Day.Start(new Timestamp(minutes.Nanos - (length.Hours * CandleInterval.Hour.Nanos)));
        return [new Timestamp(hours.Nanos - (length.Days * CandleInterval.Day.Nanos)), hours, minutes, seconds];
    }

    private static Dictionary<string, SyntheticSymbol> Stage(
        IReadOnlyList<(ExchangeCore Core, CandleStore Candles)> markets,
        Dictionary<string, SyntheticSymbol> symbols,
        CandleInterval interval,
        (Timestamp From, Timestamp Until, long Seed) span)
    {
        long count = (span.Until.Nanos - span.From.Nanos) / interval.Nanos;
        if (count <= 0)
        {
            return symbols;
        }

        Dictionary<string, SyntheticSymbol> next = [];
        string[] names = [.. symbols.Keys];
        IReadOnlyList<BarSeries> series = SyntheticMarket.Generate(new SyntheticMarketSettings
        {
            Seed = span.Seed,
            Interval = TimeSpan.FromTicks(interval.Nanos / 100),
            Start = span.From,
            Count = (int)count,
            Symbols = [.. symbols.Values],
        });
        for (int i = 0; i < names.Length; i++)
        {
            BarSeries bars = series[i];
            foreach ((ExchangeCore core, CandleStore candles) in markets)
            {
                if (core.Find(names[i]) is not null)
                {
                    candles.Seed(names[i], interval, Candles(bars));
                }
            }

            next.Add(names[i], symbols[names[i]] with { StartPrice = bars.Instrument.ToDouble(bars[bars.Count - 1].Close) });
        }

        return next;
    }

    private static IEnumerable<Candle> Candles(BarSeries series)
    {
        for (int i = 0; i < series.Count; i++)
        {
            yield return FromBar(series[i], series.Instrument);
        }
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

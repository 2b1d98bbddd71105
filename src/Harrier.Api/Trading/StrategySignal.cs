using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Api.Hosting;
using Harrier.Api.Markets;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Signals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Trading;

/// <summary>Which strategy is asked, about what.</summary>
public sealed record SignalBody
{
    /// <summary>Key of the strategy; HYBRID where nothing is said, as guide 004 has it.</summary>
    public string? Strategy { get; init; }

    /// <summary>Its parameters, by name; what is left out is as the strategy has it.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>As BTCUSDT or BTC/USDT.</summary>
    public string? Symbol { get; init; }

    /// <summary>Length of candles, 1h when nothing is said.</summary>
    public string? Interval { get; init; }

    /// <summary>How many of the newest closed candles it sees, 2 to 1000; 500 when nothing is said.</summary>
    public int? Limit { get; init; }

    /// <summary>Of this venue.</summary>
    public string? Venue { get; init; }
}

/// <summary>What a strategy says at the last closed candle.</summary>
/// <param name="Symbol">About what.</param>
/// <param name="Strategy">Which strategy.</param>
/// <param name="Interval">Length of the candles.</param>
/// <param name="Signal">BUY, SELL, EXIT or HOLD.</param>
/// <param name="SignalValue">1, -1, or 0 for the last two.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Source">Where the candles are from: store, live, store+live.</param>
/// <param name="Price">Close of the last closed candle.</param>
/// <param name="Timestamp">When it closed, in milliseconds.</param>
/// <param name="Candles">How many closed candles the strategy saw.</param>
/// <param name="Meta">What is behind it, in the strategy's own words.</param>
public sealed record SignalAnswer(
    string Symbol, string Strategy, string Interval, string Signal, int SignalValue, double Confidence, string Source, decimal Price, long Timestamp, int Candles, JsonNode? Meta);

/// <summary><c>POST /api/v1/trading/signal</c>: asks a strategy on the candles that the store and the run have. Nothing is traded.</summary>
internal static class StrategySignal
{
    private const int MostCandles = 1000;
    private const string UsualStrategy = "HYBRID";

    /// <summary>Asks it.</summary>
    public static Results<Ok<SignalAnswer>, ValidationProblem, ProblemHttpResult> Ask(SignalBody body, ApiSources sources)
    {
        Faults faults = new();
        BarSpec spec = Klines.IntervalOf(body.Interval ?? "1h", faults);
        int limit = body.Limit ?? 500;
        if (limit is < 2 or > MostCandles)
        {
            faults.Add("limit", $"{limit}", $"a whole number from 2 to {MostCandles}");
        }

        if (string.IsNullOrWhiteSpace(body.Symbol))
        {
            faults.Add("symbol", body.Symbol, "a symbol such as BTCUSDT");
        }

        ConfiguredStrategy? strategy = StrategyOf(body, sources, faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        // The newest candle may still be open: what it will be is not known, and it is not shown.
        long now = sources.Time.GetUtcNow().ToUnixTimeMilliseconds();
        long length = spec.IntervalNanos / 1_000_000;
        KlinesAnswer? klines = Klines.Find(sources, (body.Symbol!, body.Venue), spec, Math.Min(limit + 1, MostCandles));
        KlineAnswer[] closed = [.. (klines?.Data ?? []).Where(candle => candle.Timestamp + length <= now).TakeLast(limit)];
        return closed.Length == 0
            ? TypedResults.Problem($"symbol: {Shown.Of(body.Symbol)}: neither the run nor its store has a closed candle of it", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(Answer(strategy!, klines!, closed, spec));
    }

    private static ConfiguredStrategy? StrategyOf(SignalBody body, ApiSources sources, Faults faults)
    {
        try
        {
            ConfiguredStrategy strategy = sources.Strategies.Create(body.Strategy ?? UsualStrategy, body.Parameters ?? new Dictionary<string, string>());
            if (ResolutionNeeds.Of(strategy) != MarketResolution.Bars)
            {
                faults.Add("strategy", body.Strategy, "a strategy that decides on bars: this one reads trades or books, of which candles know nothing");
            }

            return strategy;
        }
        catch (StrategyInputException wrong)
        {
            foreach (StrategyFault fault in wrong.Faults)
            {
                faults.Add(fault.Field == "strategy" ? "strategy" : "parameters." + fault.Field, fault.Value, fault.Allowed);
            }

            return null;
        }
    }

    private static SignalAnswer Answer(ConfiguredStrategy strategy, KlinesAnswer klines, IReadOnlyList<KlineAnswer> closed, BarSpec spec)
    {
        Instrument instrument = CandleInstrument.Of(klines.Symbol, closed);
        SignalProbe probe = new(strategy.Strategy, instrument);
        foreach (KlineAnswer candle in closed)
        {
            probe.Take(CandleInstrument.BarOf(candle, instrument, spec));
        }

        return new SignalAnswer(
            klines.Symbol,
            strategy.Descriptor.Key,
            klines.Interval,
            SignalProbe.Word(probe.Signal.Side),
            probe.Signal.Side switch { SignalSide.Buy => 1, SignalSide.Sell => -1, _ => 0 },
            probe.Signal.Confidence,
            klines.Source,
            closed[^1].Close,
            closed[^1].Timestamp + (spec.IntervalNanos / 1_000_000),
            closed.Count,
            JsonNode.Parse(probe.Meta, documentOptions: new JsonDocumentOptions { MaxDepth = 16 }));
    }
}

/// <summary>Candles as an engine takes them: on the finest grid that all of their prices lie on.</summary>
internal static class CandleInstrument
{
    private static readonly string[] Quotes = ["USDT", "USDC", "USD", "BTC", "ETH", "EUR"];

    /// <summary>An instrument with that grid.</summary>
    public static Instrument Of(string symbol, IReadOnlyList<KlineAnswer> candles)
    {
        int digits = candles.Max(static candle => Math.Max(Math.Max(candle.Open.Scale, candle.High.Scale), Math.Max(candle.Low.Scale, candle.Close.Scale)));
        string quote = Array.Find(Quotes, one => symbol.Length > one.Length && symbol.EndsWith(one, StringComparison.Ordinal)) ?? "USD";
        return new Instrument(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("candles"),
            Symbol = symbol,
            Kind = InstrumentKind.Spot,
            Base = new Asset(symbol.EndsWith(quote, StringComparison.Ordinal) ? symbol[..^quote.Length] : symbol),
            Quote = new Asset(quote),
            TickSize = new decimal(1, 0, 0, isNegative: false, (byte)Math.Min(digits, 12)),
            LotSize = 0.00000001m,
        });
    }

    /// <summary>A candle as a bar.</summary>
    public static Bar BarOf(KlineAnswer candle, Instrument instrument, BarSpec spec)
    {
        PriceTicks Ticks(decimal price) => new((long)(price / instrument.Definition.TickSize));
        return new Bar
        {
            OpenTime = new Timestamp(candle.Timestamp * 1_000_000),
            Open = Ticks(candle.Open),
            High = Ticks(candle.High),
            Low = Ticks(candle.Low),
            Close = Ticks(candle.Close),
            Volume = (double)candle.Volume,
            QuoteVolume = double.NaN,
            TakerBuyVolume = double.NaN,
            TradeCount = -1,
            Spec = spec,
            Instrument = instrument.Id,
        };
    }
}

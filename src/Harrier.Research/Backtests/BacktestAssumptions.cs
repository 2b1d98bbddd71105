using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Domain;
using Harrier.Simulation.Fills;

namespace Harrier.Research.Backtests;

/// <summary>Writes down everything a result depends on besides the data, for people and for the configuration hash.</summary>
public static class BacktestAssumptions
{
    /// <summary>All assumptions in the order in which to print them.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Describe(BacktestSettings settings, IReadOnlyList<BarHistory> series)
    {
        ArgumentNullException.ThrowIfNull(settings);
        FillOptions fills = settings.Fills;
        List<KeyValuePair<string, object?>> list =
        [
            new("market", series[0].Instrument.Kind == InstrumentKind.Spot ? "spot" : "perp"),
            new("initial_balance", settings.InitialBalance),
            new("leverage", fills.Leverage),
            new("maker_fee_bps", fills.MakerFeeRate * 10_000),
            new("taker_fee_bps", fills.TakerFeeRate * 10_000),
            new("slippage", fills.Slippage.ToString()),
            new("signal_to_fill", "decided on the closed bar, filled at the open of the next one or later"),
            new("path", PathText(fills.Path)),
            new("limit_fill", fills.LimitRule == LimitFillRule.TradeThrough ? "traded through by a tick" : "touched"),
            new("gaps", "stops and limits that the open has passed fill at the open"),
            new("max_volume_share", fills.MaxVolumeShare),
            new("sizing", $"{settings.Sizing.Method} {settings.Sizing.Amount}"),
            new("stop_loss", settings.Protection.StopLoss),
            new("take_profit", settings.Protection.TakeProfit),
            new("trailing_stop", settings.Protection.TrailingStop),
            new("time_stop_minutes", settings.Protection.TimeStop?.TotalMinutes),
            new("min_confidence", settings.MinConfidence),
            new("latency", "none beyond the next open"),
            new("funding", "none: bars carry no funding rates"),
            new("end_of_data", "open positions are closed at the last close as a taker"),
            new("seed", settings.Seed),
            new("strategy_source", settings.StrategySourceHash ?? "built in"),
        ];
        list.AddRange(RulesText.Of(settings));
        foreach (BarHistory one in series)
        {
            InstrumentDefinition definition = one.Instrument.Definition;
            list.Add(new($"grid_{one.Instrument.Symbol}", $"tick {definition.TickSize}, lot {definition.LotSize}, min notional {definition.MinNotional}"));
        }

        return list;
    }

    /// <summary>SHA-256 of strategy, parameters and assumptions as canonical JSON, in lower-case hexadecimal.</summary>
    public static string Hash(BacktestSettings settings, IReadOnlyList<KeyValuePair<string, object?>> assumptions)
    {
        ArgumentNullException.ThrowIfNull(settings);
        JsonObject document = new()
        {
            ["strategy"] = settings.StrategyKey,
            ["parameters"] = ToJson(settings.Parameters),
            ["assumptions"] = ToJson(assumptions),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(document)));
    }

    private static JsonObject ToJson(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        JsonObject json = [];
        foreach ((string name, object? value) in values)
        {
            json[name] = value is null ? null : JsonValue.Create(FormattableString.Invariant($"{value}"));
        }

        return json;
    }

    private static string PathText(PathModel path) => path switch
    {
        PathModel.Pessimistic => "pessimistic: against the position first, a stop before a target",
        PathModel.Optimistic => "optimistic: in favor of the position first",
        PathModel.Random => "random: high or low first by a seeded coin per bar",
        PathModel.Nearest => "nearest: the extreme nearer to the open first",
        _ => "high first: open, high, low, close",
    };
}

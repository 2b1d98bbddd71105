using System.Text.Json;
using Harrier.Api.Features;
using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Markets;

namespace Harrier.Api.Live;

/// <summary>The messages of <c>/ws/prices</c> and <c>/ws/trades</c>.</summary>
internal static class MarketMessages
{
    /// <summary>The last price of a symbol, as guide 004 has it, and its best prices.</summary>
    public static void Price(Utf8JsonWriter json, Timestamp time, SymbolView symbol)
    {
        json.WriteString("type", "price_update");
        json.WriteStartObject("data");
        LiveJson.Amount(json, symbol.Symbol, symbol.Last);
        json.WriteEndObject();
        LiveJson.Amount(json, "bid", symbol.Bid);
        LiveJson.Amount(json, "ask", symbol.Ask);
        LiveJson.Time(json, "timestamp", time);
    }

    /// <summary>The same as guide 003 has it.</summary>
    public static void PairPrice(Utf8JsonWriter json, Timestamp time, SymbolView symbol)
    {
        json.WriteString("type", "price_update");
        json.WriteString("pair", symbol.Symbol);
        json.WriteStartObject("data");
        LiveJson.Amount(json, "bid", symbol.Bid);
        LiveJson.Amount(json, "ask", symbol.Ask);
        LiveJson.Amount(json, "last", symbol.Last);
        LiveJson.Time(json, "timestamp", time);
        json.WriteEndObject();
    }

    /// <summary>A trade of the market; its members are those of guide 000.</summary>
    public static void Trade(Utf8JsonWriter json, MarketTrade trade)
    {
        json.WriteString("type", "trade");
        json.WriteStartObject("data");
        json.WriteString("venue", trade.Venue.Name);
        json.WriteNumber("id", trade.Event.TradeId);
        json.WriteNumber("timestamp", trade.Event.ExchangeTime.Nanos / 1_000_000);
        LiveJson.Time(json, "datetime", trade.Event.ExchangeTime);
        json.WriteString("symbol", trade.Symbol);
        json.WriteString("side", trade.Event.IsSell ? "sell" : "buy");
        LiveJson.Amount(json, "price", trade.Price);
        LiveJson.Amount(json, "amount", trade.Quantity);
        LiveJson.Amount(json, "cost", trade.Price * trade.Quantity);
        json.WriteEndObject();
    }

    /// <summary>What happened to a wall, as guide 001 has it.</summary>
    public static void Density(Utf8JsonWriter json, Instrument instrument, DensityEvent happened) => LiveJson.Typed(json, "DENSITY_UPDATE", happened.Time, data =>
    {
        WallAnswer wall = WallAnswer.Of(happened.Wall);
        data.WriteString("symbol", instrument.Symbol);
        data.WriteNumber("price", wall.Price);
        data.WriteString("side", wall.Side);
        data.WriteNumber("strength", wall.Strength);
        data.WriteNumber("eaten_ratio", wall.EatenRatio);
        data.WriteString("event", happened.Kind.ToString().ToLowerInvariant());
        data.WriteString("reason", happened.Reason == RemovalReason.None ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.Reason.ToString()));
    });

    /// <summary>How busy a market is, as guide 001 has it.</summary>
    public static void Activity(Utf8JsonWriter json, Timestamp time, SymbolMemory market)
    {
        MarketActivity activity = market.Activity(time);
        LiveJson.Typed(json, "ACTIVITY", time, data =>
        {
            data.WriteString("symbol", market.Instrument.Symbol);
            data.WriteNumber("tpm", activity.Flow.TradesPerMinute60s);
            data.WriteNumber("tps", activity.Flow.TradesPerSecond10s);
            data.WriteNumber("vol_delta", activity.Flow.VolumeDelta60s);
            data.WriteNumber("activity_index", activity.Index.Index);
            data.WriteBoolean("is_dropping", activity.Index.IsDropping);
        });
    }
}

using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>What is listed and by which rules.</summary>
/// <param name="market">The market.</param>
internal sealed class SpotListing(SpotMarket market)
{
    private static readonly string[] _orderTypes =
        ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];

    private static readonly string[] _preventions = ["NONE", "EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT"];

    /// <summary>Answers <c>exchangeInfo</c>.</summary>
    public ApiFault? Info(ApiCall call)
    {
        IReadOnlyList<ListedInstrument> instruments = market.Instruments(call, out _);
        string? permissions = call.Parameters.Text("permissions");
        bool showPermissions = call.Parameters.Flag("showPermissionSets") ?? true;
        string? status = call.Parameters.Text("symbolStatus");
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        bool isSpotWanted = permissions is null || permissions.Contains("SPOT", StringComparison.Ordinal);
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteString("timezone"u8, "UTC"u8);
        json.WriteNumber("serverTime"u8, call.TimeOf(call.Now));
        WriteRules(json);
        json.WriteStartArray("exchangeFilters"u8);
        json.WriteEndArray();
        json.WriteStartArray("symbols"u8);
        foreach (ListedInstrument instrument in instruments)
        {
            if (isSpotWanted && (status is null || status == SpotWords.Listing(instrument.Status)))
            {
                WriteSymbol(json, instrument, showPermissions);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private static void WriteSymbol(Utf8JsonWriter json, ListedInstrument instrument, bool showPermissions)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteString("status"u8, SpotWords.Listing(instrument.Status));
        json.WriteString("baseAsset"u8, instrument.Base);
        json.WriteNumber("baseAssetPrecision"u8, 8);
        json.WriteString("quoteAsset"u8, instrument.Quote);
        json.WriteNumber("quotePrecision"u8, 8);
        json.WriteNumber("quoteAssetPrecision"u8, 8);
        json.WriteNumber("baseCommissionPrecision"u8, 8);
        json.WriteNumber("quoteCommissionPrecision"u8, 8);
        WriteTexts(json, "orderTypes", _orderTypes);
        json.WriteBoolean("icebergAllowed"u8, true);
        json.WriteBoolean("ocoAllowed"u8, false);
        json.WriteBoolean("otoAllowed"u8, false);
        json.WriteBoolean("opoAllowed"u8, false);
        json.WriteBoolean("quoteOrderQtyMarketAllowed"u8, true);
        json.WriteBoolean("allowTrailingStop"u8, true);
        json.WriteBoolean("cancelReplaceAllowed"u8, true);
        json.WriteBoolean("amendAllowed"u8, true);
        json.WriteBoolean("pegInstructionsAllowed"u8, false);
        json.WriteBoolean("isSpotTradingAllowed"u8, true);
        json.WriteBoolean("isMarginTradingAllowed"u8, false);
        json.WriteStartArray("filters"u8);
        WriteFilters(json, instrument);
        json.WriteEndArray();
        WriteTexts(json, "permissions", []);
        if (showPermissions)
        {
            json.WriteStartArray("permissionSets"u8);
            json.WriteStartArray();
            json.WriteStringValue("SPOT"u8);
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteString("defaultSelfTradePreventionMode"u8, SpotWords.DefaultSelfTrade);
        WriteTexts(json, "allowedSelfTradePreventionModes", _preventions);
        json.WriteEndObject();
    }

    /// <summary>The filters that the exchange enforces, and no other.</summary>
    private static void WriteFilters(Utf8JsonWriter json, ListedInstrument instrument)
    {
        StartFilter(json, "PRICE_FILTER");
        json.WriteFixed("minPrice"u8, instrument.MinPrice);
        json.WriteFixed("maxPrice"u8, instrument.MaxPrice);
        json.WriteFixed("tickSize"u8, instrument.TickSize);
        json.WriteEndObject();
        StartFilter(json, "LOT_SIZE");
        json.WriteFixed("minQty"u8, instrument.MinQuantity);
        json.WriteFixed("maxQty"u8, instrument.MaxQuantity);
        json.WriteFixed("stepSize"u8, instrument.LotSize);
        json.WriteEndObject();
        StartFilter(json, "MARKET_LOT_SIZE");
        json.WriteFixed("minQty"u8, 0);
        json.WriteFixed("maxQty"u8, instrument.MaxMarketQuantity);
        json.WriteFixed("stepSize"u8, 0);
        json.WriteEndObject();
        StartFilter(json, "PERCENT_PRICE_BY_SIDE");
        WriteMultiplier(json, "bidMultiplierUp", instrument.PriceBandUp);
        WriteMultiplier(json, "bidMultiplierDown", instrument.PriceBandDown);
        WriteMultiplier(json, "askMultiplierUp", instrument.PriceBandUp);
        WriteMultiplier(json, "askMultiplierDown", instrument.PriceBandDown);
        json.WriteNumber("avgPriceMins"u8, 5);
        json.WriteEndObject();
        StartFilter(json, "NOTIONAL");
        json.WriteFixed("minNotional"u8, instrument.MinNotional);
        json.WriteBoolean("applyMinToMarket"u8, true);
        json.WriteFixed("maxNotional"u8, 9_000_000);
        json.WriteBoolean("applyMaxToMarket"u8, false);
        json.WriteNumber("avgPriceMins"u8, 5);
        json.WriteEndObject();
        StartFilter(json, "MAX_NUM_ORDERS");
        json.WriteNumber("maxNumOrders"u8, instrument.MaxOrders);
        json.WriteEndObject();
        StartFilter(json, "MAX_NUM_ALGO_ORDERS");
        json.WriteNumber("maxNumAlgoOrders"u8, instrument.MaxConditionalOrders);
        json.WriteEndObject();
    }

    private static void StartFilter(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("filterType"u8, type);
    }

    private static void WriteMultiplier(Utf8JsonWriter json, string name, decimal value) =>
        json.WriteString(name, value.ToString("0.####", CultureInfo.InvariantCulture));

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private void WriteRules(Utf8JsonWriter json)
    {
        json.WriteStartArray("rateLimits"u8);
        foreach (RateRule rule in market.Limits.Rules)
        {
            SocketApiServer.WriteLimit(json, rule, count: null);
        }

        json.WriteEndArray();
    }
}

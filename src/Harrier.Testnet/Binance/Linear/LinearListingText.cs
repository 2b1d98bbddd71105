using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Contracts as <c>exchangeInfo</c> describes them.</summary>
internal static class LinearListingText
{
    // The venue's way to say that a contract never expires: 2100-12-25.
    private const long NoDelivery = 4133404800000;

    private static readonly string[] _orderTypes = ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];
    private static readonly string[] _timesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    /// <summary>One contract.</summary>
    public static void Write(Utf8JsonWriter json, ListedInstrument instrument, long onboardDate)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteString("pair"u8, instrument.Symbol);
        json.WriteString("contractType"u8, "PERPETUAL");
        json.WriteNumber("deliveryDate"u8, NoDelivery);
        json.WriteNumber("onboardDate"u8, onboardDate);
        json.WriteString("status"u8, LinearWords.Status(instrument.Status));
        json.WriteString("maintMarginPercent"u8, "2.5000");
        json.WriteString("requiredMarginPercent"u8, "5.0000");
        json.WriteString("baseAsset"u8, instrument.Base);
        json.WriteString("quoteAsset"u8, instrument.Quote);
        json.WriteString("marginAsset"u8, instrument.Quote);
        json.WriteNumber("pricePrecision"u8, InstrumentNumbers.DigitsOf(instrument.TickSize));
        json.WriteNumber("quantityPrecision"u8, InstrumentNumbers.DigitsOf(instrument.LotSize));
        json.WriteNumber("baseAssetPrecision"u8, InstrumentNumbers.MoneyDigits);
        json.WriteNumber("quotePrecision"u8, InstrumentNumbers.MoneyDigits);
        json.WriteString("underlyingType"u8, "COIN");
        json.WriteStartArray("underlyingSubType"u8);
        json.WriteEndArray();
        json.WriteString("triggerProtect"u8, "0.0500");
        json.WriteString("liquidationFee"u8, "0.000000");
        json.WriteString("marketTakeBound"u8, "0.05");
        json.WriteNumber("maxMoveOrderLimit"u8, 10000);
        WriteFilters(json, instrument);
        WriteWords(json, "orderTypes"u8, _orderTypes);
        WriteWords(json, "timeInForce"u8, _timesInForce);
        json.WriteEndObject();
    }

    private static void WriteFilters(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteStartArray("filters"u8);
        json.WriteStartObject();
        json.WriteString("filterType"u8, "PRICE_FILTER");
        json.WritePlain("minPrice"u8, instrument.MinPrice);
        json.WritePlain("maxPrice"u8, instrument.MaxPrice);
        json.WritePlain("tickSize"u8, instrument.TickSize);
        json.WriteEndObject();
        WriteLots(json, "LOT_SIZE", instrument, instrument.MaxQuantity);
        WriteLots(json, "MARKET_LOT_SIZE", instrument, instrument.MaxMarketQuantity);
        WriteLimit(json, "MAX_NUM_ORDERS", instrument.MaxOrders);
        WriteLimit(json, "MAX_NUM_ALGO_ORDERS", instrument.MaxConditionalOrders);
        json.WriteStartObject();
        json.WriteString("filterType"u8, "MIN_NOTIONAL");
        json.WritePlain("notional"u8, instrument.MinNotional);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType"u8, "PERCENT_PRICE");
        json.WriteDigits("multiplierUp"u8, instrument.PriceBandUp, 4);
        json.WriteDigits("multiplierDown"u8, instrument.PriceBandDown, 4);
        json.WriteString("multiplierDecimal"u8, "4");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLots(Utf8JsonWriter json, string type, ListedInstrument instrument, decimal max)
    {
        json.WriteStartObject();
        json.WriteString("filterType"u8, type);
        json.WritePlain("minQty"u8, instrument.MinQuantity);
        json.WritePlain("maxQty"u8, max);
        json.WritePlain("stepSize"u8, instrument.LotSize);
        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, string type, int limit)
    {
        json.WriteStartObject();
        json.WriteString("filterType"u8, type);
        json.WriteNumber("limit"u8, limit);
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, ReadOnlySpan<byte> name, string[] words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }
}

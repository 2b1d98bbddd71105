using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Market;

/// <summary>Instruments with their rules.</summary>
/// <param name="markets">Spot and linear.</param>
internal sealed class BybitListing(BybitMarkets markets)
{
    private const int UsualLimit = 500;
    private const int MostLimit = 1000;

    // The listings have no history: all began with 2024.
    private const string LaunchTime = "1704067200000";

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/market/instruments-info", BybitSecurity.None, Instruments),
        new("GET", "/v5/market/risk-limit", BybitSecurity.None, RiskLimits),
    ];

    /// <summary>The venue's word for what may be done with an instrument.</summary>
    public static string StatusOf(ListingStatus status) => status switch
    {
        ListingStatus.Trading => "Trading",
        ListingStatus.Halted => "Settling",
        ListingStatus.CancelOnly => "Delivering",
        _ => "Closed",
    };

    private BybitFault? Instruments(BybitCall call)
    {
        string category = call.Parameters.Required("category");
        string? symbol = call.Parameters.Text("symbol");
        int limit = call.Parameters.Limit(UsualLimit, MostLimit);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        // The venue has inverse contracts and options; this exchange lists none.
        BybitMarket? market = markets.Find(category);
        if (market is null && category is not ("inverse" or "option"))
        {
            return BybitFault.BadCategory;
        }

        string status = call.Parameters.Text("status") ?? "Trading";
        List<ListedInstrument> wanted = [.. (market?.Core.Listings ?? []).Where(i =>
            symbol is null ? StatusOf(i.Status) == status : i.Symbol == symbol && i.Status != ListingStatus.Delisted)];
        if (call.Parameters.Text("baseCoin") is { } baseCoin)
        {
            wanted = [.. wanted.Where(i => i.Base == baseCoin)];
        }

        if (symbol is not null && wanted.Count == 0)
        {
            return BybitFault.BadSymbol;
        }

        // Spot is not paged.
        BybitPage<ListedInstrument> page = market is { IsSpot: true }
            ? new BybitPage<ListedInstrument>(wanted, "")
            : BybitPage.Of(wanted, limit, call.Parameters.Text("cursor"), i => i.Index);
        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, category);
        json.WriteStartArray("list"u8);
        foreach (ListedInstrument instrument in page.Items)
        {
            Write(json, instrument);
        }

        json.WriteEndArray();
        json.WriteString("nextPageCursor"u8, page.Cursor);
        return null;
    }

    private static BybitFault? RiskLimits(BybitCall call)
    {
        if (call.Market is not { IsSpot: false } market)
        {
            return BybitFault.BadCategory;
        }

        string? symbol = call.Parameters.Text("symbol");
        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, market.Category);
        json.WriteStartArray("list"u8);
        foreach (ListedInstrument instrument in market.Core.Listings.Where(i => symbol is null || i.Symbol == symbol))
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, 1);
            json.WriteString("symbol"u8, instrument.Symbol);
            json.WritePlain("riskLimitValue"u8, instrument.MaxQuantity * instrument.MaxPrice);
            json.WritePlain("maintenanceMargin"u8, market.Core.Options.MaintenanceMarginRate);
            json.WritePlain("initialMargin"u8, 1m / instrument.MaxLeverage);
            json.WriteNumber("isLowestRisk"u8, 1);
            json.WriteString("maxLeverage"u8, instrument.MaxLeverage.ToString(CultureInfo.InvariantCulture));
            json.WriteString("mmDeduction"u8, "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("nextPageCursor"u8, "");
        return null;
    }

    private void Write(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteString("baseCoin"u8, instrument.Base);
        json.WriteString("quoteCoin"u8, instrument.Quote);
        json.WriteString("status"u8, StatusOf(instrument.Status));
        if (instrument.Kind == MarketKind.Spot)
        {
            WriteSpot(json, instrument);
        }
        else
        {
            WriteLinear(json, instrument);
        }

        json.WriteEndObject();
    }

    private static void WriteSpot(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteString("innovation"u8, "0");
        json.WriteString("marginTrading"u8, "none");
        json.WriteString("stTag"u8, "0");
        json.WriteStartObject("lotSizeFilter"u8);
        json.WritePlain("basePrecision"u8, instrument.LotSize);
        json.WritePlain("quotePrecision"u8, instrument.LotSize * instrument.TickSize);
        json.WritePlain("minOrderQty"u8, instrument.MinQuantity);
        json.WritePlain("maxOrderQty"u8, instrument.MaxQuantity);
        json.WritePlain("minOrderAmt"u8, instrument.MinNotional);
        json.WritePlain("maxOrderAmt"u8, instrument.MaxQuantity * instrument.MaxPrice);
        json.WritePlain("maxLimitOrderQty"u8, instrument.MaxQuantity);
        json.WritePlain("maxMarketOrderQty"u8, instrument.MaxMarketQuantity);
        json.WritePlain("postOnlyMaxLimitOrderSize"u8, instrument.MaxQuantity);
        json.WriteEndObject();
        json.WriteStartObject("priceFilter"u8);
        json.WritePlain("tickSize"u8, instrument.TickSize);
        json.WriteEndObject();
        WriteBand(json, instrument);
    }

    private void WriteLinear(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteString("contractType"u8, "LinearPerpetual");
        json.WriteString("settleCoin"u8, instrument.Quote);
        json.WriteString("launchTime"u8, LaunchTime);
        json.WriteString("deliveryTime"u8, "0");
        json.WriteString("deliveryFeeRate"u8, "");
        json.WriteString("priceScale"u8, InstrumentNumbers.DigitsOf(instrument.TickSize).ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("leverageFilter"u8);
        json.WriteString("minLeverage"u8, "1");
        json.WriteString("maxLeverage"u8, instrument.MaxLeverage.ToString(CultureInfo.InvariantCulture));
        json.WriteString("leverageStep"u8, "1");
        json.WriteEndObject();
        json.WriteStartObject("priceFilter"u8);
        json.WritePlain("minPrice"u8, instrument.MinPrice);
        json.WritePlain("maxPrice"u8, instrument.MaxPrice);
        json.WritePlain("tickSize"u8, instrument.TickSize);
        json.WriteEndObject();
        json.WriteStartObject("lotSizeFilter"u8);
        json.WritePlain("maxOrderQty"u8, instrument.MaxQuantity);
        json.WritePlain("minOrderQty"u8, instrument.MinQuantity);
        json.WritePlain("qtyStep"u8, instrument.LotSize);
        json.WritePlain("postOnlyMaxOrderQty"u8, instrument.MaxQuantity);
        json.WritePlain("maxMktOrderQty"u8, instrument.MaxMarketQuantity);
        json.WritePlain("minNotionalValue"u8, instrument.MinNotional);
        json.WriteEndObject();
        json.WriteBoolean("unifiedMarginTrade"u8, true);
        json.WriteNumber("fundingInterval"u8, (int)markets.Linear.Core.Options.FundingInterval.TotalMinutes);
        json.WriteString("copyTrading"u8, "none");
        json.WriteString("upperFundingRate"u8, "0.02");
        json.WriteString("lowerFundingRate"u8, "-0.02");
        json.WriteString("displayName"u8, "");
        WriteBand(json, instrument);
        json.WriteBoolean("isPreListing"u8, false);
        json.WriteNull("preListingInfo"u8);
    }

    private static void WriteBand(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteStartObject("riskParameters"u8);
        json.WritePlain("priceLimitRatioX"u8, instrument.PriceBandUp - 1);
        json.WritePlain("priceLimitRatioY"u8, 1 - instrument.PriceBandDown);
        json.WriteEndObject();
    }
}

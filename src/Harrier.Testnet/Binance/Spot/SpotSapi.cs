using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>The few endpoints beside the market's own that clients ask at their start.</summary>
/// <param name="market">The market.</param>
/// <param name="account">The assets.</param>
internal sealed class SpotSapi(SpotMarket market, SpotAccount account)
{
    /// <summary><c>account/apiRestrictions</c>: what the key may do.</summary>
    public static ApiFault? Restrictions(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        AccountPermissions permissions = call.Owner.Permissions;
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteBoolean("ipRestrict"u8, permissions.IsIpRestricted);
        json.WriteNumber("createTime"u8, 1_700_000_000_000);
        json.WriteBoolean("enableReading"u8, true);
        json.WriteBoolean("enableSpotAndMarginTrading"u8, permissions.CanTrade);
        json.WriteBoolean("enableWithdrawals"u8, permissions.CanWithdraw);
        json.WriteBoolean("enableInternalTransfer"u8, false);
        json.WriteBoolean("enableMargin"u8, false);
        json.WriteBoolean("enableFutures"u8, permissions.CanTrade);
        json.WriteBoolean("permitsUniversalTransfer"u8, false);
        json.WriteBoolean("enableVanillaOptions"u8, false);
        json.WriteBoolean("enableFixApiTrade"u8, false);
        json.WriteBoolean("enableFixReadOnly"u8, false);
        json.WriteBoolean("enablePortfolioMarginTrading"u8, false);
        json.WriteEndObject();
        return null;
    }

    /// <summary><c>capital/config/getall</c>: the assets with the account's amounts; nothing can be deposited or withdrawn over a network.</summary>
    public ApiFault? Assets(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartArray();
        foreach (string asset in account.Assets())
        {
            json.WriteStartObject();
            json.WriteString("coin"u8, asset);
            json.WriteBoolean("depositAllEnable"u8, true);
            json.WriteBoolean("withdrawAllEnable"u8, true);
            json.WriteString("name"u8, asset);
            json.WriteFixed("free"u8, call.Owner.Free(asset));
            json.WriteFixed("locked"u8, call.Owner.Locked(asset));
            foreach (string kind in (string[])["freeze", "withdrawing", "ipoing", "ipoable", "storage"])
            {
                json.WriteString(kind, "0");
            }

            json.WriteBoolean("isLegalMoney"u8, false);
            json.WriteBoolean("trading"u8, true);
            json.WriteStartArray("networkList"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary><c>asset/tradeFee</c>.</summary>
    public ApiFault? Fees(ApiCall call)
    {
        ListedInstrument? one = call.Parameters.Has("symbol") ? market.Instrument(call) : null;
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartArray();
        foreach (ListedInstrument instrument in one is null ? market.Core.Listings : [one])
        {
            json.WriteStartObject();
            json.WriteString("symbol"u8, instrument.Symbol);
            json.WritePlain("makerCommission"u8, call.Owner.MakerFee);
            json.WritePlain("takerCommission"u8, call.Owner.TakerFee);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary><c>margin/allPairs</c> and <c>margin/isolated/allPairs</c>: there is no margin trading.</summary>
    public static ApiFault? NoPairs(ApiCall call)
    {
        _ = call.Parameters.Text("symbol");
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        call.Json.WriteStartArray();
        call.Json.WriteEndArray();
        return null;
    }

    /// <summary><c>system/status</c>.</summary>
    public static ApiFault? Status(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        call.Json.WriteStartObject();
        call.Json.WriteNumber("status"u8, 0);
        call.Json.WriteString("msg"u8, "normal"u8);
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary>The coin-margined market's <c>exchangeInfo</c>: nothing is listed there, but clients that load all markets ask.</summary>
    public static ApiFault? NoCoinMargined(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteString("timezone"u8, "UTC"u8);
        json.WriteNumber("serverTime"u8, call.TimeOf(call.Now));
        json.WriteStartArray("rateLimits"u8);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters"u8);
        json.WriteEndArray();
        json.WriteStartArray("symbols"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    /// <summary><c>userDataStream</c>: withdrawn on 2026-02-20.</summary>
    public static ApiFault? Gone(ApiCall call)
    {
        _ = call.Parameters;
        return new ApiFault(410, -1000, "This endpoint has been retired. Please use the WebSocket API user data stream.");
    }
}

using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Balances, commissions, order counts.</summary>
/// <param name="market">The market.</param>
internal sealed class SpotAccount(SpotMarket market)
{
    private const decimal BasisPoints = 10_000;

    /// <summary><c>account</c>.</summary>
    public ApiFault? Account(ApiCall call)
    {
        bool omitZero = call.Parameters.Flag("omitZeroBalances") ?? false;
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        ExchangeAccount account = call.Owner;
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteNumber("makerCommission"u8, (int)(account.MakerFee * BasisPoints));
        json.WriteNumber("takerCommission"u8, (int)(account.TakerFee * BasisPoints));
        json.WriteNumber("buyerCommission"u8, 0);
        json.WriteNumber("sellerCommission"u8, 0);
        WriteRates(json, "commissionRates", account.MakerFee, account.TakerFee);
        json.WriteBoolean("canTrade"u8, account.Permissions.CanTrade);
        json.WriteBoolean("canWithdraw"u8, account.Permissions.CanWithdraw);
        json.WriteBoolean("canDeposit"u8, true);
        json.WriteBoolean("brokered"u8, false);
        json.WriteBoolean("requireSelfTradePrevention"u8, false);
        json.WriteBoolean("preventSor"u8, false);
        json.WriteNumber("updateTime"u8, call.TimeOf(call.Now));
        json.WriteString("accountType"u8, "SPOT"u8);
        json.WriteStartArray("balances"u8);
        foreach (string asset in Assets())
        {
            (decimal free, decimal locked) = (account.Free(asset), account.Locked(asset));
            if (!omitZero || free != 0 || locked != 0)
            {
                json.WriteStartObject();
                json.WriteString("asset"u8, asset);
                json.WriteFixed("free"u8, free);
                json.WriteFixed("locked"u8, locked);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("permissions"u8);
        json.WriteStringValue("SPOT"u8);
        json.WriteEndArray();
        json.WriteNumber("uid"u8, account.Id);
        json.WriteEndObject();
        return null;
    }

    /// <summary><c>account/commission</c>.</summary>
    public ApiFault? Commission(ApiCall call)
    {
        ListedInstrument? instrument = market.Instrument(call);
        if (call.Parameters.Finish() is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol"u8, instrument.Symbol);
        WriteRates(json, "standardCommission", call.Owner.MakerFee, call.Owner.TakerFee);
        WriteRates(json, "specialCommission", 0, 0);
        WriteRates(json, "taxCommission", 0, 0);
        json.WriteStartObject("discount"u8);
        json.WriteBoolean("enabledForAccount"u8, market.Core.Options.FeeAsset is not null);
        json.WriteBoolean("enabledForSymbol"u8, market.Core.Options.FeeAsset is not null);
        json.WriteString("discountAsset"u8, market.Core.Options.FeeAsset ?? "BNB");
        json.WriteFixed("discount"u8, 1);
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    /// <summary><c>rateLimit/order</c>.</summary>
    public ApiFault? OrderCounts(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        call.Json.WriteStartArray();
        foreach (RateWindow window in market.Limits.Orders)
        {
            SocketApiServer.WriteLimit(call.Json, window.Rule, window.Used(call.Owner.Name, call.Now));
        }

        call.Json.WriteEndArray();
        return null;
    }

    /// <summary>Rates as an object; the side of the buyer or seller costs nothing extra here.</summary>
    public static void WriteRates(Utf8JsonWriter json, string name, decimal maker, decimal taker)
    {
        json.WriteStartObject(name);
        json.WriteFixed("maker"u8, maker);
        json.WriteFixed("taker"u8, taker);
        json.WriteFixed("buyer"u8, 0);
        json.WriteFixed("seller"u8, 0);
        json.WriteEndObject();
    }

    /// <summary>All assets of the market by name, as in the answer of the real venue with zeros shown.</summary>
    public IEnumerable<string> Assets() => market.Core.Listings.SelectMany(l => new[] { l.Base, l.Quote })
        .Append(market.Core.Options.FeeAsset ?? "")
        .Where(a => a.Length > 0)
        .Distinct(StringComparer.Ordinal);
}

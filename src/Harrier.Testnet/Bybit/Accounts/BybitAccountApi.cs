using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>Wallet, fees, settings of the account, and what its key may do.</summary>
/// <param name="markets">Spot and linear.</param>
internal sealed class BybitAccountApi(BybitMarkets markets)
{
    private const int FirstUser = 24_600_000;
    private const int DeadlineDays = 90;

    private readonly BybitWalletText _wallet = new(markets);

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/account/wallet-balance", BybitSecurity.Signed, Wallet) { PerSecond = (50, 50) },
        new("GET", "/v5/account/info", BybitSecurity.Signed, Info) { PerSecond = (50, 50) },
        new("GET", "/v5/account/fee-rate", BybitSecurity.Signed, Fees) { PerSecond = (5, 5) },
        new("POST", "/v5/account/set-margin-mode", BybitSecurity.Signed, SetMarginMode) { PerSecond = (5, 5) },
        new("GET", "/v5/user/query-api", BybitSecurity.Signed, Key) { PerSecond = (10, 10), Message = "" },
    ];

    private BybitFault? Wallet(BybitCall call)
    {
        string type = call.Parameters.Required("accountType");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (type != "UNIFIED")
        {
            return BybitFault.Parameter("accountType only support UNIFIED.");
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartArray("list"u8);
        _wallet.Write(json, call.AccountName ?? "", call.Parameters.Text("coin")?.Split(','));
        json.WriteEndArray();
        return null;
    }

    private static BybitFault? Info(BybitCall call)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteString("marginMode"u8, "REGULAR_MARGIN");
        json.WriteString("updatedTime"u8, "1704067200000");
        json.WriteNumber("unifiedMarginStatus"u8, 5);
        json.WriteString("dcpStatus"u8, "OFF");
        json.WriteNumber("timeWindow"u8, 10);
        json.WriteNumber("smpGroup"u8, 0);
        json.WriteBoolean("isMasterTrader"u8, false);
        json.WriteString("spotHedgingStatus"u8, "OFF");
        return null;
    }

    private static BybitFault? Fees(BybitCall call)
    {
        if (call.Market is not { } market)
        {
            return BybitFault.BadCategory;
        }

        ExchangeAccount account = call.Account;
        string? symbol = call.Parameters.Text("symbol");
        Utf8JsonWriter json = call.Json;
        json.WriteString("category"u8, market.Category);
        json.WriteStartArray("list"u8);
        foreach (ListedInstrument instrument in market.Core.Listings.Where(l => symbol is null || l.Symbol == symbol))
        {
            json.WriteStartObject();
            json.WriteString("symbol"u8, instrument.Symbol);
            json.WritePlain("takerFeeRate"u8, account.TakerFee);
            json.WritePlain("makerFeeRate"u8, account.MakerFee);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return null;
    }

    // Contracts have cross margin alone here.
    private static BybitFault? SetMarginMode(BybitCall call)
    {
        string margin = call.Parameters.Required("setMarginMode");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (margin != "REGULAR_MARGIN")
        {
            return BybitFault.NotOffered("margin mode " + margin);
        }

        call.Json.WriteStartArray("reasons"u8);
        call.Json.WriteEndArray();
        return null;
    }

    private BybitFault? Key(BybitCall call)
    {
        ExchangeAccount account = call.AccountOn(markets.Spot);
        AccountPermissions permissions = account.Permissions;
        Utf8JsonWriter json = call.Json;
        json.WriteString("id"u8, account.Id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("note"u8, account.Name);
        json.WriteString("apiKey"u8, call.Key);
        json.WriteNumber("readOnly"u8, permissions.CanTrade ? 0 : 1);
        json.WriteString("secret"u8, "");
        json.WriteStartObject("permissions"u8);
        WriteRights(json, "ContractTrade"u8, "Order", "Position");
        WriteRights(json, "Spot"u8, "SpotTrade");
        WriteRights(json, "Wallet"u8, permissions.CanWithdraw ? ["AccountTransfer", "SubMemberTransfer", "Withdraw"] : []);
        WriteRights(json, "Options"u8);
        WriteRights(json, "Derivatives"u8, "DerivativesTrade");
        WriteRights(json, "CopyTrading"u8);
        WriteRights(json, "BlockTrade"u8);
        WriteRights(json, "Exchange"u8);
        WriteRights(json, "NFT"u8);
        WriteRights(json, "Affiliate"u8);
        json.WriteEndObject();
        json.WriteStartArray("ips"u8);
        json.WriteStringValue(permissions.IsIpRestricted ? "127.0.0.1" : "*");
        json.WriteEndArray();
        json.WriteNumber("type"u8, 1);

        // Keys bound to addresses do not die.
        json.WriteNumber("deadlineDay"u8, permissions.IsIpRestricted ? -2 : DeadlineDays);
        json.WriteString("expiredAt"u8, permissions.IsIpRestricted ? "1970-01-01T00:00:00Z" : Day(call.Now + TimeSpan.FromDays(DeadlineDays)));
        json.WriteString("createdAt"u8, "2024-01-01T00:00:00Z");
        json.WriteNumber("unified"u8, 0);
        json.WriteNumber("uta"u8, 1);
        json.WriteNumber("userID"u8, FirstUser + account.Id);
        json.WriteNumber("inviterID"u8, 0);
        json.WriteString("vipLevel"u8, "No VIP");
        json.WriteString("mktMakerLevel"u8, "0");
        json.WriteNumber("affiliateID"u8, 0);
        json.WriteString("rsaPublicKey"u8, "");
        json.WriteBoolean("isMaster"u8, true);
        json.WriteString("parentUid"u8, "0");
        json.WriteString("kycLevel"u8, "LEVEL_DEFAULT");
        json.WriteString("kycRegion"u8, "");
        return null;
    }

    private static string Day(Domain.Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteRights(Utf8JsonWriter json, ReadOnlySpan<byte> name, params ReadOnlySpan<string> rights)
    {
        json.WriteStartArray(name);
        foreach (string right in rights)
        {
            json.WriteStringValue(right);
        }

        json.WriteEndArray();
    }
}

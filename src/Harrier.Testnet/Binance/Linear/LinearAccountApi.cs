using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Balances, positions, fees and income by request.</summary>
/// <param name="core">The exchange.</param>
/// <param name="income">What accounts earned and paid.</param>
internal sealed class LinearAccountApi(ExchangeCore core, LinearIncome income)
{
    private readonly LinearAccountText _text = new(core, income);

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/fapi/v2/balance", ApiSecurity.Signed, 5, Balances) { SocketMethod = "account.balance" },
        new("GET", "/fapi/v3/balance", ApiSecurity.Signed, 5, Balances) { SocketMethod = "v2/account.balance" },
        new("GET", "/fapi/v2/account", ApiSecurity.Signed, 5, call => Account(call, 2)) { SocketMethod = "account.status" },
        new("GET", "/fapi/v3/account", ApiSecurity.Signed, 5, call => Account(call, 3)) { SocketMethod = "v2/account.status" },
        new("GET", "/fapi/v2/positionRisk", ApiSecurity.Signed, 5, call => Risk(call, 2)) { SocketMethod = "account.position" },
        new("GET", "/fapi/v3/positionRisk", ApiSecurity.Signed, 5, call => Risk(call, 3)) { SocketMethod = "v2/account.position" },
        new("GET", "/fapi/v1/accountConfig", ApiSecurity.Signed, 5, Configuration),
        new("GET", "/fapi/v1/commissionRate", ApiSecurity.Signed, 20, Commission),
        new("GET", "/fapi/v1/leverageBracket", ApiSecurity.Signed, 1, Brackets),
        new("GET", "/fapi/v1/income", ApiSecurity.Signed, 30, Income),
    ];

    private ApiFault? Balances(ApiCall call)
    {
        call.Json.WriteStartArray();
        foreach (string asset in _text.AssetsOf(call.Owner))
        {
            _text.WriteBalance(call.Json, call.Owner, asset);
        }

        call.Json.WriteEndArray();
        return null;
    }

    private ApiFault? Account(ApiCall call, int version)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        if (version == 2)
        {
            WriteRights(json, call.Owner);
        }

        _text.WriteTotals(json, call.Owner);
        json.WriteStartArray("assets"u8);
        foreach (string asset in _text.AssetsOf(call.Owner))
        {
            _text.WriteAsset(json, call.Owner, asset);
        }

        json.WriteEndArray();
        json.WriteStartArray("positions"u8);
        foreach (ExchangePosition position in version == 3 ? _text.Active(call.Owner) : core.Listings.Select(call.Owner.Position))
        {
            LinearAccountText.WriteAccountPosition(json, position, version);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private ApiFault? Risk(ApiCall call, int version)
    {
        string? symbol = call.Parameters.Text("symbol");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (symbol is not null && core.Find(symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        call.Json.WriteStartArray();
        IEnumerable<ExchangePosition> all = version == 3 ? _text.Active(call.Owner) : core.Listings.Select(call.Owner.Position);
        foreach (ExchangePosition position in all.Where(p => symbol is null || p.Instrument.Symbol == symbol))
        {
            LinearAccountText.WriteRisk(call.Json, position, version);
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static ApiFault? Configuration(ApiCall call)
    {
        call.Json.WriteStartObject();
        WriteRights(call.Json, call.Owner);
        call.Json.WriteBoolean("dualSidePosition"u8, call.Owner.HedgeMode);
        call.Json.WriteEndObject();
        return null;
    }

    private static void WriteRights(Utf8JsonWriter json, ExchangeAccount account)
    {
        json.WriteNumber("feeTier"u8, 0);
        json.WriteBoolean("canTrade"u8, account.Permissions.CanTrade);
        json.WriteBoolean("canDeposit"u8, true);
        json.WriteBoolean("canWithdraw"u8, account.Permissions.CanWithdraw);
        json.WriteNumber("updateTime"u8, 0);
        json.WriteBoolean("multiAssetsMargin"u8, false);
        json.WriteNumber("tradeGroupId"u8, -1);
    }

    private ApiFault? Commission(ApiCall call)
    {
        if (LinearMarketApi.Instrument(core, call.Parameters) is not { } instrument)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, instrument.Symbol);
        call.Json.WriteDigits("makerCommissionRate"u8, call.Owner.MakerFee, 6);
        call.Json.WriteDigits("takerCommissionRate"u8, call.Owner.TakerFee, 6);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? Brackets(ApiCall call)
    {
        string? symbol = call.Parameters.Text("symbol");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (symbol is not null && core.Find(symbol) is null)
        {
            return ApiFault.BadSymbol;
        }

        call.Json.WriteStartArray();
        foreach (ListedInstrument instrument in core.Listings.Where(l => symbol is null || l.Symbol == symbol))
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, instrument.Symbol);
            call.Json.WriteNumber("notionalCoef"u8, 1.0m);
            call.Json.WriteStartArray("brackets"u8);
            call.Json.WriteStartObject();
            call.Json.WriteNumber("bracket"u8, 1);
            call.Json.WriteNumber("initialLeverage"u8, instrument.MaxLeverage);
            call.Json.WriteNumber("notionalCap"u8, LinearAccountText.MaxNotional);
            call.Json.WriteNumber("notionalFloor"u8, 0);
            call.Json.WriteNumber("maintMarginRatio"u8, core.Options.MaintenanceMarginRate);
            call.Json.WriteNumber("cum"u8, 0);
            call.Json.WriteEndObject();
            call.Json.WriteEndArray();
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private ApiFault? Income(ApiCall call)
    {
        string? symbol = call.Parameters.Text("symbol");
        string? type = call.Parameters.Text("incomeType");
        (Timestamp? start, Timestamp? end) = (call.TimeParameter("startTime"), call.TimeParameter("endTime"));
        int limit = call.Parameters.Limit("limit", 100, 1000);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        IEnumerable<IncomeEntry> entries = income.Of(call.Owner)
            .Where(e => (symbol is null || e.Symbol == symbol) && (type is null || e.Type == type) && (start is null || e.Time >= start) && (end is null || e.Time <= end));
        call.Json.WriteStartArray();
        foreach (IncomeEntry entry in start is null ? entries.TakeLast(limit) : entries.Take(limit))
        {
            entry.Write(call.Json);
        }

        call.Json.WriteEndArray();
        return null;
    }
}

using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Settings of an account: leverage, margin and position modes, the countdown that cancels everything.</summary>
/// <param name="core">The exchange.</param>
/// <param name="users">Told when a setting changed.</param>
internal sealed class LinearSettingsApi(ExchangeCore core, LinearUserStreams users)
{
    private const string PositionMode = "/fapi/v1/positionSide/dual";
    private const string AssetMode = "/fapi/v1/multiAssetsMargin";

    private static readonly ApiFault _noHedgeMode = ApiFault.Bad(-4068, "Position side cannot be changed: this exchange has the one-way mode only.");
    private static readonly ApiFault _noAssetMode = ApiFault.Bad(-4168, "Unable to adjust to multi-assets mode: this exchange has the single-asset mode only.");
    private static readonly ApiFault _sameAssetMode = ApiFault.Bad(-4171, "No need to change multi-assets mode.");
    private static readonly ApiFault _openOrders = ApiFault.Bad(-4047, "Margin type cannot be changed if there exists open orders.");
    private static readonly ApiFault _openPosition = ApiFault.Bad(-4048, "Margin type cannot be changed if there exists position.");

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", "/fapi/v1/leverage", ApiSecurity.Trade, 1, SetLeverage),
        new("POST", "/fapi/v1/marginType", ApiSecurity.Trade, 1, SetMarginType),
        new("POST", "/fapi/v1/positionMargin", ApiSecurity.Trade, 1, AdjustMargin),
        new("GET", PositionMode, ApiSecurity.Signed, 30, static call => Tell(call, "dualSidePosition")),
        new("POST", PositionMode, ApiSecurity.Trade, 1, static call => SetMode(call, "dualSidePosition", LinearFaults.SamePositionMode, _noHedgeMode)),
        new("GET", AssetMode, ApiSecurity.Signed, 30, static call => Tell(call, "multiAssetsMargin")),
        new("POST", AssetMode, ApiSecurity.Trade, 1, static call => SetMode(call, "multiAssetsMargin", _sameAssetMode, _noAssetMode)),
        new("GET", "/fapi/v1/symbolConfig", ApiSecurity.Signed, 5, SymbolSettings),
        new("POST", "/fapi/v1/countdownCancelAll", ApiSecurity.Trade, 10, Countdown),
    ];

    private static ApiFault? Tell(ApiCall call, string name)
    {
        call.Json.WriteStartObject();
        call.Json.WriteBoolean(name, false);
        call.Json.WriteEndObject();
        return null;
    }

    private static ApiFault? SetMode(ApiCall call, string name, ApiFault same, ApiFault refusal)
    {
        bool? wanted = call.Parameters.Flag(name);
        if (wanted is null)
        {
            call.Parameters.Fail(ApiFault.Missing(name));
        }

        return call.Parameters.Fault ?? (wanted == true ? refusal : same);
    }

    private ApiFault? SetLeverage(ApiCall call)
    {
        ListedInstrument? instrument = LinearMarketApi.Instrument(core, call.Parameters);
        long leverage = call.Parameters.Integer("leverage") ?? 0;
        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        if (leverage < 1 || leverage > instrument.MaxLeverage)
        {
            return LinearFaults.BadLeverage;
        }

        if (!core.SetLeverage(call.Owner, instrument.Symbol, (int)leverage))
        {
            return ApiFault.Bad(-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions.");
        }

        users.TellLeverage(call.Owner, instrument, (int)leverage);
        call.Json.WriteStartObject();
        call.Json.WriteNumber("leverage"u8, leverage);
        call.Json.WritePlain("maxNotionalValue"u8, LinearAccountText.MaxNotional);
        call.Json.WriteString("symbol"u8, instrument.Symbol);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? SetMarginType(ApiCall call)
    {
        ListedInstrument? instrument = LinearMarketApi.Instrument(core, call.Parameters);
        string type = call.Parameters.Required("marginType");
        if (call.Parameters.Fault is null && type is not ("ISOLATED" or "CROSSED"))
        {
            call.Parameters.Fail(ApiFault.Bad(-4141, "Invalid margin type."));
        }

        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        if (core.SetMarginMode(call.Owner, instrument.Symbol, type == "ISOLATED") is { } refusal)
        {
            return refusal.Reason == RefusalReason.NothingChanged ? LinearFaults.SameMarginType
                : call.Owner.Position(instrument).Quantity != 0 ? _openPosition : _openOrders;
        }

        LinearAnswers.WriteDone(call.Json, "success");
        return null;
    }

    private ApiFault? AdjustMargin(ApiCall call)
    {
        ListedInstrument? instrument = LinearMarketApi.Instrument(core, call.Parameters);
        decimal amount = call.Parameters.RequiredDecimal("amount");
        string type = call.Parameters.Required("type");
        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        if (!core.AdjustIsolatedMargin(call.Owner, instrument.Symbol, type == "1" ? amount : -amount))
        {
            return ApiFault.Bad(-4051, "Isolated balance insufficient.");
        }

        call.Json.WriteStartObject();
        call.Json.WriteNumber("amount"u8, amount);
        call.Json.WriteNumber("code"u8, 200);
        call.Json.WriteString("msg"u8, "Successfully modify position margin.");
        call.Json.WriteNumber("type"u8, type == "1" ? 1 : 2);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? SymbolSettings(ApiCall call)
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
        foreach (ExchangePosition position in core.Listings.Where(l => symbol is null || l.Symbol == symbol).Select(call.Owner.Position))
        {
            call.Json.WriteStartObject();
            call.Json.WriteString("symbol"u8, position.Instrument.Symbol);
            call.Json.WriteString("marginType"u8, LinearWords.MarginType(position));
            call.Json.WriteBoolean("isAutoAddMargin"u8, false);
            call.Json.WriteNumber("leverage"u8, position.Leverage);
            call.Json.WritePlain("maxNotionalValue"u8, LinearAccountText.MaxNotional);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    private ApiFault? Countdown(ApiCall call)
    {
        ListedInstrument? instrument = LinearMarketApi.Instrument(core, call.Parameters);
        long milliseconds = call.Parameters.Integer("countdownTime") ?? -1;
        if (milliseconds < 0)
        {
            call.Parameters.Fail(ApiFault.Missing("countdownTime"));
        }

        if (call.Parameters.Fault is { } fault || instrument is null)
        {
            return call.Parameters.Fault;
        }

        core.SetCountdown(call.Owner, instrument.Symbol, TimeSpan.FromMilliseconds(milliseconds));
        call.Json.WriteStartObject();
        call.Json.WriteString("symbol"u8, instrument.Symbol);
        call.Json.WriteNumberText("countdownTime"u8, milliseconds);
        call.Json.WriteEndObject();
        return null;
    }
}

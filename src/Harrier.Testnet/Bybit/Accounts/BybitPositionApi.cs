using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>Positions and their settings. There is the one-way mode and cross margin, nothing else.</summary>
/// <param name="market">Linear contracts.</param>
/// <param name="exits">Take profits and stop losses.</param>
internal sealed class BybitPositionApi(BybitMarket market, BybitExits exits)
{
    private const int UsualLimit = 20;
    private const int MostLimit = 200;

    private readonly BybitPositionText _text = new(market, exits);

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/position/list", BybitSecurity.Signed, List) { PerSecond = (50, 50) },
        new("POST", "/v5/position/set-leverage", BybitSecurity.Trade, SetLeverage) { PerSecond = (10, 10) },
        new("POST", "/v5/position/switch-mode", BybitSecurity.Trade, SwitchMode) { PerSecond = (10, 10) },
        new("POST", "/v5/position/switch-isolated", BybitSecurity.Trade, SwitchIsolated) { PerSecond = (10, 10) },
        new("POST", "/v5/position/trading-stop", BybitSecurity.Trade, SetExits) { PerSecond = (10, 10) },
    ];

    private BybitFault? List(BybitCall call)
    {
        if (call.Market != market)
        {
            return BybitFault.BadCategory;
        }

        (string? symbol, string? settleCoin) = (call.Parameters.Text("symbol"), call.Parameters.Text("settleCoin"));
        if (symbol is null && settleCoin is null)
        {
            return BybitFault.Parameter("Missing some parameters that must be filled in, symbol or settleCoin");
        }

        if (symbol is not null && market.Core.Find(symbol) is null)
        {
            return BybitFault.BadSymbol;
        }

        // A flat position is told only to those who ask for its symbol.
        ExchangeAccount account = call.Account;
        List<ExchangePosition> positions = symbol is not null
            ? [account.Position(market.Core.Find(symbol)!)]
            : [.. account.Positions.Where(p => p.Quantity != 0 && p.Instrument.Quote == settleCoin)];
        BybitPage<ExchangePosition> page = BybitPage.Of(positions, call.Parameters.Limit(UsualLimit, MostLimit), call.Parameters.Text("cursor"), p => p.Instrument.Index);
        Utf8JsonWriter json = call.Json;
        json.WriteString("nextPageCursor"u8, page.Cursor);
        json.WriteString("category"u8, market.Category);
        json.WriteStartArray("list"u8);
        foreach (ExchangePosition position in page.Items)
        {
            _text.Write(json, position, isStream: false);
        }

        json.WriteEndArray();
        return null;
    }

    private BybitFault? Find(BybitCall call, out ListedInstrument instrument)
    {
        string symbol = call.Parameters.Required("symbol");
        ListedInstrument? found = market.Find(symbol);
        instrument = found!;
        return call.Market != market ? BybitFault.BadCategory : call.Parameters.Fault ?? (found is null ? BybitFault.BadSymbol : null);
    }

    private BybitFault? SetLeverage(BybitCall call)
    {
        if (Find(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        decimal buy = call.Parameters.Decimal("buyLeverage") ?? 0;
        decimal sell = call.Parameters.Decimal("sellLeverage") ?? 0;
        if (call.Parameters.Fault is { } malformed)
        {
            return malformed;
        }

        if (buy != sell)
        {
            return BybitFault.Parameter("buy leverage not equal sell leverage");
        }

        if (buy != decimal.Truncate(buy) || buy < 1 || buy > instrument.MaxLeverage)
        {
            return new BybitFault(110013, "cannot set leverage due to risk limit: a whole number up to the contract's highest");
        }

        ExchangePosition position = call.Account.Position(instrument);
        if (position.Leverage == (int)buy)
        {
            return new BybitFault(110043, "leverage not modified");
        }

        return market.Core.SetLeverage(call.Account, instrument.Symbol, (int)buy) ? null : new BybitFault(110012, "available balance not enough for the leverage");
    }

    private BybitFault? SwitchMode(BybitCall call)
    {
        long asked = call.Parameters.Integer("mode") ?? -1;
        return call.Market != market ? BybitFault.BadCategory
            : call.Parameters.Fault ?? asked switch
            {
                0 => new BybitFault(110025, "Position mode is not modified"),
                3 => BybitFault.NotOffered("hedge mode"),
                _ => BybitFault.Invalid("mode"),
            };
    }

    private BybitFault? SwitchIsolated(BybitCall call) =>
        call.Market != market ? BybitFault.BadCategory : new BybitFault(100028, "unified account is forbidden");

    private BybitFault? SetExits(BybitCall call)
    {
        if (Find(call, out ListedInstrument instrument) is { } fault)
        {
            return fault;
        }

        BybitParameters parameters = call.Parameters;
        if (parameters.Text("tpslMode") == "Partial" || parameters.Has("tpSize") || parameters.Has("slSize"))
        {
            return BybitFault.NotOffered("tpslMode Partial");
        }

        BybitExitTerms[] wanted =
        [
            new(BybitExit.TakeProfit, parameters.Decimal("takeProfit")) { IsByMark = BybitOrderReader.ByMark(parameters, "tpTriggerBy") },
            new(BybitExit.StopLoss, parameters.Decimal("stopLoss")) { IsByMark = BybitOrderReader.ByMark(parameters, "slTriggerBy") },
            new(BybitExit.TrailingStop, parameters.Decimal("trailingStop")) { ActivePrice = parameters.Decimal("activePrice") ?? 0 },
        ];
        if (parameters.Fault is { } malformed)
        {
            return malformed;
        }

        ExchangePosition position = call.Account.Position(instrument);
        if (position.Quantity == 0)
        {
            return BybitFault.Parameter("can not set tp/sl/ts for zero position");
        }

        if (wanted.All(w => IsSame(exits.Of(position, w.Kind), w)))
        {
            return new BybitFault(34040, "not modified");
        }

        return wanted.Select(w => exits.Set(position, w)).FirstOrDefault(f => f is not null);
    }

    private static bool IsSame(ExchangeOrder? exit, BybitExitTerms wanted) => wanted.Value is null || wanted.Value == (exit is null ? 0
        : wanted.Kind == BybitExit.TrailingStop ? exit.Terms.TrailingDistance : exit.TriggerPrice);
}

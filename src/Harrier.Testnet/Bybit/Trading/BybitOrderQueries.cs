using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Bybit.Accounts;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>
/// Lists orders and fills, newest first. Real-time lists know the open orders and the 500 that ended last, which a restart of the venue makes it
/// forget; the history knows ended orders of seven days, those without a fill for one.
/// </summary>
/// <param name="orders">Finds the desk of a request.</param>
/// <param name="ledger">Knows the fundings.</param>
internal sealed class BybitOrderQueries(BybitOrderApi orders, BybitLedger ledger)
{
    private const int UsualLimit = 20;
    private const int MostLimit = 50;
    private const int UsualFills = 50;
    private const int MostFills = 100;
    private const int RecentEnded = 500;
    private const int Everything = 1_000_000;
    private const long FirstFunding = 1_000_000_000_000_000_000;

    private static readonly TimeSpan _window = TimeSpan.FromDays(7);
    private static readonly TimeSpan _unfilledKept = TimeSpan.FromDays(1);

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/order/realtime", BybitSecurity.Signed, Realtime) { PerSecond = (50, 50) },
        new("GET", "/v5/order/history", BybitSecurity.Signed, History) { PerSecond = (50, 50) },
        new("GET", "/v5/execution/list", BybitSecurity.Signed, Executions) { PerSecond = (50, 50) },
    ];

    /// <summary>The range of a request's times: seven days at most, and by itself the last seven.</summary>
    public static BybitFault? RangeOf(BybitCall call, out (Timestamp Start, Timestamp End) range)
    {
        Timestamp? start = call.Parameters.Integer("startTime") is { } from ? Timestamp.FromUnixMilliseconds(from) : null;
        Timestamp? end = call.Parameters.Integer("endTime") is { } to ? Timestamp.FromUnixMilliseconds(to) : null;
        range = (start, end) switch
        {
            ({ } s, { } e) => (s, e),
            ({ } s, null) => (s, s + _window),
            (null, { } e) => (e + -_window, e),
            _ => (call.Now + -_window, call.Now),
        };
        return call.Parameters.Fault
            ?? (range.End - range.Start > _window ? BybitFault.Parameter("The time range between startTime and endTime cannot exceed 7 days.") : null);
    }

    private static List<ExchangeOrder> All(BybitMarket market, ExchangeAccount account, string? symbol)
    {
        HistoryRange all = new(FromId: 0, Limit: Everything);
        List<ExchangeOrder> found =
        [
            .. market.Core.Listings.Where(l => symbol is null || l.Symbol == symbol).SelectMany(l => market.Core.OrderHistory(account, l.Symbol, all)),
        ];

        // What a conditional order made stands for it.
        found.RemoveAll(o => o.IsConditional && o.ChildOrderId > 0);
        found.Sort(static (a, b) => b.Id.CompareTo(a.Id));
        return found;
    }

    private BybitFault? Realtime(BybitCall call)
    {
        if (orders.DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        BybitMarket market = desk.Market;
        BybitParameters parameters = call.Parameters;
        (string? symbol, string? baseCoin, string? settleCoin) = (parameters.Text("symbol"), parameters.Text("baseCoin"), parameters.Text("settleCoin"));
        bool isById = parameters.Has("orderId") || parameters.Has("orderLinkId");
        if (!market.IsSpot && !isById && symbol is null && baseCoin is null && settleCoin is null)
        {
            return BybitFault.Parameter("symbol, baseCoin or settleCoin is required");
        }

        bool isEnded = parameters.Integer("openOnly") is 1;
        List<ExchangeOrder> all = All(market, call.Account, symbol);
        List<ExchangeOrder> ended = [.. all.Where(o => !o.IsOpen && o.Updated >= market.Restarted).OrderByDescending(o => o.Updated).ThenByDescending(o => o.Id).Take(RecentEnded).OrderByDescending(o => o.Id)];
        List<ExchangeOrder> open = [.. all.Where(o => o.IsOpen)];
        IEnumerable<ExchangeOrder> wanted = isById ? open.Concat(ended).Where(o => IsNamed(parameters, market, o)) : isEnded ? ended : open;
        wanted = wanted.Where(o => (baseCoin is null || o.Instrument.Base == baseCoin) && (settleCoin is null || market.IsSpot || o.Instrument.Quote == settleCoin)
            && (parameters.Text("orderFilter") is not { } filter || BybitOrderApi.IsOf(filter, o, desk.Notes.Of(o))));
        return Write(call, desk, [.. wanted]);
    }

    private BybitFault? History(BybitCall call)
    {
        if (orders.DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        if (RangeOf(call, out (Timestamp Start, Timestamp End) range) is { } fault)
        {
            return fault;
        }

        BybitParameters parameters = call.Parameters;
        BybitMarket market = desk.Market;
        string? status = parameters.Text("orderStatus");
        IEnumerable<ExchangeOrder> wanted = All(market, call.Account, parameters.Text("symbol")).Where(o => !o.IsOpen
            && o.Created >= range.Start && o.Created <= range.End
            && (o.Executed > 0 || o.Updated >= call.Now + -_unfilledKept)
            && (status is null || BybitWords.Status(o) == status)
            && (parameters.Text("baseCoin") is not { } baseCoin || o.Instrument.Base == baseCoin)
            && (parameters.Text("settleCoin") is not { } settleCoin || market.IsSpot || o.Instrument.Quote == settleCoin));
        if (parameters.Has("orderId") || parameters.Has("orderLinkId"))
        {
            wanted = wanted.Where(o => IsNamed(parameters, market, o));
        }

        return Write(call, desk, [.. wanted]);
    }

    private BybitFault? Executions(BybitCall call)
    {
        if (orders.DeskOf(call) is not { } desk)
        {
            return BybitFault.BadCategory;
        }

        if (RangeOf(call, out (Timestamp Start, Timestamp End) range) is { } fault)
        {
            return fault;
        }

        BybitMarket market = desk.Market;
        BybitParameters parameters = call.Parameters;
        (string? symbol, string? type) = (parameters.Text("symbol"), parameters.Text("execType"));
        HistoryRange all = new(FromId: 0, Limit: Everything);
        bool isById = parameters.Has("orderId") || parameters.Has("orderLinkId");
        List<Execution> found =
        [
            .. market.Core.Listings.Where(l => symbol is null || l.Symbol == symbol)
                .SelectMany(l => market.Core.Fills(call.Account, l.Symbol, null, all))
                .Where(f => !isById || IsNamed(parameters, market, f.Order))
                .Select(f => new Execution(f.Time, NumberOf(market, f), f.Order.IsLiquidation ? "BustTrade" : "Trade", json => desk.Text.Write(json, f))),
            .. ledger.Of(call.AccountName ?? "").Where(e => !isById && e.Funding is not null && e.Category == market.Category && (symbol is null || e.Symbol == symbol))
                .Select(e => new Execution(e.Time, FirstFunding + e.Number, "Funding", json => e.Funding?.Write(json))),
        ];
        found.Reverse();
        found = [.. found.Where(e => e.Time >= range.Start && e.Time <= range.End && (type is null || e.Type == type)).OrderByDescending(e => e.Time)];
        BybitPage<Execution> page = BybitPage.Of(found, parameters.Limit(UsualFills, MostFills), parameters.Text("cursor"), e => e.Number);
        Utf8JsonWriter json = call.Json;
        json.WriteString("nextPageCursor"u8, page.Cursor);
        json.WriteString("category"u8, market.Category);
        json.WriteStartArray("list"u8);
        foreach (Execution execution in page.Items)
        {
            execution.Write(json);
        }

        json.WriteEndArray();
        return null;
    }

    // Trade ids are those of one instrument, and both sides of a self-trade have the same.
    private static long NumberOf(BybitMarket market, ExchangeFill fill) =>
        (((fill.TradeId * market.Core.Listings.Count) + fill.Order.Instrument.Index) * 2) + (fill.IsMaker ? 1 : 0);

    private sealed record Execution(Timestamp Time, long Number, string Type, Action<Utf8JsonWriter> Write);

    private static bool IsNamed(BybitParameters parameters, BybitMarket market, ExchangeOrder order) => parameters.Text("orderId") is { } id
        ? market.Ids.Of(order) == id
        : BybitOrderText.LinkIdOf(order) == parameters.Text("orderLinkId");

    private static BybitFault? Write(BybitCall call, BybitDesk desk, List<ExchangeOrder> wanted)
    {
        BybitPage<ExchangeOrder> page = BybitPage.Of(wanted, call.Parameters.Limit(UsualLimit, MostLimit), call.Parameters.Text("cursor"), o => o.Id, isDescending: true);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteString("nextPageCursor"u8, page.Cursor);
        json.WriteString("category"u8, desk.Market.Category);
        json.WriteStartArray("list"u8);
        foreach (ExchangeOrder order in page.Items)
        {
            desk.Text.Write(json, order);
        }

        json.WriteEndArray();
        return null;
    }
}

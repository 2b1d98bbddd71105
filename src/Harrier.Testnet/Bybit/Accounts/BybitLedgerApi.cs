using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>Lists what moved the wallet, and what closed positions.</summary>
/// <param name="markets">Spot and linear.</param>
/// <param name="ledger">What moved the wallets.</param>
internal sealed class BybitLedgerApi(BybitMarkets markets, BybitLedger ledger)
{
    private const int UsualEntries = 20;
    private const int MostEntries = 50;
    private const int UsualClosings = 50;
    private const int MostClosings = 100;
    private const int Everything = 1_000_000;

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("GET", "/v5/account/transaction-log", BybitSecurity.Signed, Log) { PerSecond = (50, 50) },
        new("GET", "/v5/position/closed-pnl", BybitSecurity.Signed, Closings) { PerSecond = (50, 50) },
    ];

    private BybitFault? Log(BybitCall call)
    {
        if (BybitOrderQueries.RangeOf(call, out (Timestamp Start, Timestamp End) range) is { } fault)
        {
            return fault;
        }

        BybitParameters parameters = call.Parameters;
        (string? category, string? coin, string? type) = (parameters.Text("category"), parameters.Text("currency"), parameters.Text("type"));
        List<BybitLedgerEntry> wanted =
        [
            .. ledger.Of(call.AccountName ?? "").Where(e => e.Time >= range.Start && e.Time <= range.End
                && (category is null || e.Category == category) && (coin is null || e.Coin == coin) && (type is null || e.Type == type)),
        ];
        BybitPage<BybitLedgerEntry> page = BybitPage.Of(wanted, parameters.Limit(UsualEntries, MostEntries), parameters.Text("cursor"), e => e.Number, isDescending: true);
        Utf8JsonWriter json = call.Json;
        json.WriteString("nextPageCursor"u8, page.Cursor);
        json.WriteStartArray("list"u8);
        foreach (BybitLedgerEntry entry in page.Items)
        {
            Write(json, entry);
        }

        json.WriteEndArray();
        return null;
    }

    private BybitFault? Closings(BybitCall call)
    {
        if (call.Market != markets.Linear)
        {
            return BybitFault.BadCategory;
        }

        if (BybitOrderQueries.RangeOf(call, out (Timestamp Start, Timestamp End) range) is { } fault)
        {
            return fault;
        }

        string? symbol = call.Parameters.Text("symbol");
        HistoryRange all = new(FromId: 0, Limit: Everything);
        ExchangeCore core = markets.Linear.Core;
        List<ExchangeOrder> closing =
        [
            .. core.Listings.Where(l => symbol is null || l.Symbol == symbol).SelectMany(l => core.OrderHistory(call.Account, l.Symbol, all))
                .Where(o => o.Fills.Any(f => f.ClosedQuantity > 0) && o.Updated >= range.Start && o.Updated <= range.End).OrderByDescending(o => o.Id),
        ];
        BybitPage<ExchangeOrder> page = BybitPage.Of(closing, call.Parameters.Limit(UsualClosings, MostClosings), call.Parameters.Text("cursor"), o => o.Id, isDescending: true);
        Utf8JsonWriter json = call.Json;
        json.WriteString("nextPageCursor"u8, page.Cursor);
        json.WriteString("category"u8, markets.Linear.Category);
        json.WriteStartArray("list"u8);
        foreach (ExchangeOrder order in page.Items)
        {
            Write(json, order);
        }

        json.WriteEndArray();
        return null;
    }

    private void Write(Utf8JsonWriter json, BybitLedgerEntry entry)
    {
        BybitMarket? market = markets.Find(entry.Category);
        ExchangeOrder? order = entry.Fill?.Order;
        json.WriteStartObject();
        json.WriteString("id"u8, entry.Number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("symbol"u8, entry.Symbol);
        json.WriteString("category"u8, entry.Category);
        json.WriteString("side"u8, order is null ? "None" : BybitWords.Side(order.Terms.IsSell));
        json.WriteString("transactionTime"u8, BybitOrderText.Time(entry.Time));
        json.WriteString("type"u8, entry.Type);
        json.WriteString("transSubType"u8, "");
        json.WritePlain("qty"u8, entry.Fill?.Quantity ?? 0);
        json.WriteString("size"u8, "");
        json.WriteString("currency"u8, entry.Coin);
        json.WritePlain("tradePrice"u8, entry.Fill?.Price ?? 0);
        decimal funding = -(entry.Funding?.Paid ?? 0);
        json.WritePlain("funding"u8, funding);
        decimal fee = entry.Fill is { } fill && fill.FeeAsset == entry.Coin ? -fill.Fee : 0;
        json.WritePlain("fee"u8, fee);
        json.WritePlain("feeRate"u8, entry.Fill is { } paid ? paid.IsMaker ? paid.Order.Account.MakerFee : paid.Order.Account.TakerFee : 0);
        json.WritePlain("cashFlow"u8, entry.Change - fee - funding);
        json.WritePlain("change"u8, entry.Change);
        json.WritePlain("cashBalance"u8, entry.After);
        json.WriteString("bonusChange"u8, "");
        json.WriteString("tradeId"u8, market is null || entry.Fill is null ? "" : market.Ids.Of(entry.Fill));
        json.WriteString("orderId"u8, market is null || order is null ? "" : market.Ids.Of(order));
        json.WriteString("orderLinkId"u8, order is null ? "" : BybitOrderText.LinkIdOf(order));
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, ExchangeOrder order)
    {
        decimal profit = order.Fills.Sum(f => f.RealizedPnl);

        // Of an order that turned a position round, the part that closed; what opening had cost is in the fills that opened.
        decimal fee = order.Fills.Sum(f => decimal.Round(f.Fee * f.ClosedQuantity / f.Quantity, 10));
        decimal size = order.Fills.Sum(f => f.ClosedQuantity);
        decimal exit = order.Fills.Sum(f => f.ClosedQuantity * f.Price);

        // What a long position had cost: what selling it brought, less the profit.
        decimal entry = order.Terms.IsSell ? exit - profit : exit + profit;
        json.WriteStartObject();
        json.WriteString("symbol"u8, order.Instrument.Symbol);
        json.WriteString("orderId"u8, markets.Linear.Ids.Of(order));
        json.WriteString("side"u8, BybitWords.Side(order.Terms.IsSell));
        json.WritePlain("qty"u8, order.Quantity);
        json.WritePrice("orderPrice"u8, order.Instrument, order.Price);
        json.WriteString("orderType"u8, order.HasLimitPrice ? "Limit" : "Market");
        json.WriteString("execType"u8, order.IsLiquidation ? "BustTrade" : "Trade");
        json.WritePlain("closedSize"u8, size);
        json.WritePlain("cumEntryValue"u8, entry);
        json.WritePlain("avgEntryPrice"u8, size == 0 ? 0 : decimal.Round(entry / size, 10));
        json.WritePlain("cumExitValue"u8, exit);
        json.WritePlain("avgExitPrice"u8, size == 0 ? 0 : decimal.Round(exit / size, 10));
        json.WritePlain("closedPnl"u8, profit - fee);
        json.WriteString("fillCount"u8, order.Fills.Count.ToString(CultureInfo.InvariantCulture));
        json.WriteString("leverage"u8, order.Account.Position(order.Instrument).Leverage.ToString(CultureInfo.InvariantCulture));
        json.WriteString("createdTime"u8, BybitOrderText.Time(order.Created));
        json.WriteString("updatedTime"u8, BybitOrderText.Time(order.Updated));
        json.WriteEndObject();
    }
}

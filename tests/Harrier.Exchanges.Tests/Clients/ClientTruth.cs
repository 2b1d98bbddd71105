using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>How a venue calls what the exchange has.</summary>
/// <param name="OrderId">Id of an order.</param>
/// <param name="FillId">Id of a fill.</param>
/// <param name="Statuses">Words for the state of an order that are right.</param>
/// <param name="TotalsAreWallets">Whether a margin balance is told without the profit of open positions.</param>
internal sealed record ClientWire(
    Func<ExchangeOrder, string> OrderId, Func<ExchangeFill, string> FillId, Func<ExchangeOrder, string[]> Statuses, bool TotalsAreWallets = false);

/// <summary>Holds what a client believes at the end against the exchange. Clients compute with binary numbers: amounts may differ in the last digits.</summary>
internal static class ClientTruth
{
    // Clients keep this many levels of a snapshot; deeper ones they learn only when these change.
    private const int SnapshotLevels = 1000;
    private const decimal Rounding = 0.0000001m;

    // After the market stands still the mark price still settles by a few ticks, on positions of about half a coin.
    private const decimal MarkDrift = 50m;

    private static readonly ClientWire _numbers = new(
        o => o.Id.ToString(CultureInfo.InvariantCulture), f => f.TradeId.ToString(CultureInfo.InvariantCulture), o => [Unified(o.Status), Native(o.Status)]);

    /// <summary>Every level of the book, and its number where it has one.</summary>
    public static void ShouldHoldBook(ExchangeCore core, string symbol, JsonElement book)
    {
        DepthView truth = core.Depth(symbol, SnapshotLevels);
        if (book.GetProperty("nonce") is { ValueKind: JsonValueKind.Number } number)
        {
            number.GetInt64().ShouldBe(truth.LastUpdateId);
        }

        ShouldHoldSide(truth.Bids, book.GetProperty("bids"));
        ShouldHoldSide(truth.Asks, book.GetProperty("asks"));
    }

    /// <summary>Every order of the account with its state.</summary>
    public static void ShouldHoldOrders(ExchangeCore core, ExchangeAccount account, string symbol, JsonElement orders, ClientWire? wire = null)
    {
        wire ??= _numbers;
        Dictionary<string, JsonElement> told = orders.EnumerateArray().ToDictionary(o => o.GetProperty("id").ToString());
        List<ExchangeOrder> truth = [.. core.OrderHistory(account, symbol, new HistoryRange(FromId: 0, Limit: int.MaxValue)).Where(o => !o.IsConditional)];
        told.Keys.Order().ShouldBe(truth.Select(wire.OrderId).Order());
        foreach (ExchangeOrder order in truth)
        {
            JsonElement client = told[wire.OrderId(order)];
            string what = $"order {order.Id}";
            client.GetProperty("status").GetString().ShouldBeOneOf(wire.Statuses(order));
            client.GetProperty("filled").GetDecimal().ShouldBe(order.Executed, what);
            client.GetProperty("amount").GetDecimal().ShouldBe(order.Quantity, what);
            if (order.Terms.Type != ExchangeOrderType.Market)
            {
                client.GetProperty("price").GetDecimal().ShouldBe(order.Price, what);
            }
        }
    }

    /// <summary>Every fill once, with its fee.</summary>
    public static void ShouldHoldFills(ExchangeCore core, ExchangeAccount account, string symbol, JsonElement fills, ClientWire? wire = null)
    {
        wire ??= _numbers;
        List<ExchangeFill> truth = [.. core.Fills(account, symbol, null, new HistoryRange(FromId: 0, Limit: int.MaxValue))];
        fills.EnumerateArray().Select(f => (f.GetProperty("id").ToString(), f.GetProperty("order").ToString(), f.GetProperty("amount").GetDecimal(), f.GetProperty("price").GetDecimal()))
            .Order().ShouldBe(truth.Select(f => (wire.FillId(f), wire.OrderId(f.Order), f.Quantity, f.Price)).Order());
        fills.EnumerateArray().Sum(f => f.GetProperty("fee").GetDecimal()).ShouldBe(truth.Sum(f => f.Fee), Rounding);
    }

    /// <summary>Free, used and total of each asset.</summary>
    public static void ShouldHoldBalances(ExchangeCore core, ExchangeAccount account, JsonElement balances, ClientWire? wire = null)
    {
        if (core.Kind == MarketKind.Linear && wire is { TotalsAreWallets: true })
        {
            ShouldHoldWallets(account, balances);
            return;
        }

        foreach (AssetBalance truth in account.Balances)
        {
            JsonElement client = balances.GetProperty(truth.Asset);
            if (core.Kind == MarketKind.Spot)
            {
                client.GetProperty("free").GetDecimal().ShouldBe(truth.Free, Rounding, truth.Asset);
                client.GetProperty("used").GetDecimal().ShouldBe(truth.Locked, Rounding, truth.Asset);
            }
            else
            {
                // A margin balance moves with the mark price: the wallet beneath it is compared, and what it would be flat.
                MarginSummary margin = account.Margin(truth.Asset);
                decimal total = client.GetProperty("total").GetDecimal();
                bool isFlat = account.Positions.All(p => p.Quantity == 0);
                total.ShouldBe(margin.Wallet + (isFlat ? 0 : margin.Unrealized), isFlat ? Rounding : MarkDrift);
            }
        }
    }

    /// <summary>What streams tell: wallets of margin accounts, free and locked of others.</summary>
    public static void ShouldHoldWallets(ExchangeAccount account, JsonElement balances)
    {
        foreach (AssetBalance truth in account.Balances)
        {
            if (balances.TryGetProperty(truth.Asset, out JsonElement client))
            {
                client.GetProperty("total").GetDecimal().ShouldBe(truth.Free + truth.Locked, Rounding, truth.Asset);
            }
        }
    }

    /// <summary>Size, side and entry price of the position.</summary>
    public static void ShouldHoldPosition(ExchangeCore core, ExchangeAccount account, string symbol, JsonElement positions)
    {
        if (core.Kind == MarketKind.Spot)
        {
            return;
        }

        ExchangePosition truth = account.Position(core.Find(symbol).ShouldNotBeNull());
        decimal size = positions.EnumerateArray().Sum(p => p.GetProperty("contracts").GetDecimal() * (p.GetProperty("side").GetString() == "short" ? -1 : 1));
        size.ShouldBe(truth.Quantity);
        if (size != 0)
        {
            positions[0].GetProperty("entry").GetDecimal().ShouldBe(truth.EntryPrice, Rounding);
        }
    }

    private static string Unified(ExchangeOrderStatus status) => status switch
    {
        ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled => "open",
        ExchangeOrderStatus.Filled => "closed",
        ExchangeOrderStatus.Canceled => "canceled",
        ExchangeOrderStatus.Rejected => "rejected",
        _ => "expired",
    };

    private static string Native(ExchangeOrderStatus status) => status switch
    {
        ExchangeOrderStatus.New => "NEW",
        ExchangeOrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        ExchangeOrderStatus.Filled => "FILLED",
        ExchangeOrderStatus.Canceled => "CANCELED",
        ExchangeOrderStatus.Rejected => "REJECTED",
        ExchangeOrderStatus.ExpiredInMatch => "EXPIRED_IN_MATCH",
        _ => "EXPIRED",
    };

    private static void ShouldHoldSide(IReadOnlyList<DepthLevel> truth, JsonElement side) =>
        side.EnumerateArray().Take(truth.Count).Select(l => new DepthLevel(l[0].GetDecimal(), l[1].GetDecimal())).ShouldBe(truth);
}

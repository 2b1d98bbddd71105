namespace Harrier.Testnet.Core;

/// <summary>Reading orders, fills, trades and books.</summary>
public sealed partial class ExchangeCore
{
    /// <summary>An order, open or remembered; by client id the open one, else the newest that had it.</summary>
    public ExchangeOrder? FindOrder(ExchangeAccount account, OrderKey key)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (FindOpen(account, key) is ExchangeOrder open)
        {
            return open;
        }

        if (Find(key.Symbol) is not ListedInstrument instrument)
        {
            return null;
        }

        if (key.OrderId is long id)
        {
            int at = account.Orders.FirstAtLeast(id, o => o.Id);
            return at < account.Orders.Count && account.Orders[at].Id == id && account.Orders[at].Instrument == instrument ? account.Orders[at] : null;
        }

        for (int i = account.Orders.Count - 1; i >= 0; i--)
        {
            if (account.Orders[i].OwnClientId == key.ClientId && account.Orders[i].Instrument == instrument)
            {
                return account.Orders[i];
            }
        }

        return null;
    }

    /// <summary>The open orders of an account, oldest first, conditional ones included.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="symbol">Of one instrument; null for all.</param>
    public IReadOnlyList<ExchangeOrder> OpenOrders(ExchangeAccount account, string? symbol = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ListedInstrument? instrument = symbol is null ? null : Find(symbol);
        return [.. account.Open.Values.Where(o => symbol is null || o.Instrument == instrument).OrderBy(o => o.Id)];
    }

    /// <summary>
    /// The orders of an account in an instrument, open and ended, oldest first, conditional ones included: from an id on, or from a start
    /// time on, or the newest up to the end time.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="symbol">Which instrument.</param>
    /// <param name="range">Which part.</param>
    public IReadOnlyList<ExchangeOrder> OrderHistory(ExchangeAccount account, string symbol, in HistoryRange range)
    {
        ArgumentNullException.ThrowIfNull(account);
        List<ExchangeOrder> found = [];
        long oldest = account.Orders.Count > 0 ? account.Orders[0].Id : long.MaxValue;
        found.AddRange(OpenOrders(account, symbol).Where(o => o.Id < oldest));
        for (int i = 0; i < account.Orders.Count; i++)
        {
            if (account.Orders[i].Instrument.Symbol == symbol)
            {
                found.Add(account.Orders[i]);
            }
        }

        return range.Of(found, o => o.Id, o => o.Created);
    }

    /// <summary>The fills of an account in an instrument, oldest first; ids in the range are trade ids.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="symbol">Which instrument.</param>
    /// <param name="orderId">Of one order; null for all.</param>
    /// <param name="range">Which part.</param>
    public IReadOnlyList<ExchangeFill> Fills(ExchangeAccount account, string symbol, long? orderId, in HistoryRange range)
    {
        ArgumentNullException.ThrowIfNull(account);
        ListedInstrument? instrument = Find(symbol);
        List<ExchangeFill> found = [];
        for (int i = 0; i < account.Fills.Count; i++)
        {
            ExchangeFill fill = account.Fills[i];
            if (fill.Order.Instrument == instrument && (orderId is null || fill.Order.Id == orderId))
            {
                found.Add(fill);
            }
        }

        return range.Of(found, f => f.TradeId, f => f.Time);
    }

    /// <summary>Public trades, oldest first: from an id on, or the newest.</summary>
    public IReadOnlyList<PublicTrade> RecentTrades(string symbol, int limit, long? fromId = null)
    {
        if (Find(symbol) is not ListedInstrument instrument)
        {
            return [];
        }

        HistoryRing<PublicTrade> trades = instrument.Trading.Trades;
        int first = fromId is long id ? trades.FirstAtLeast(id, t => t.Id) : Math.Max(0, trades.Count - limit);
        int count = Math.Max(0, Math.Min(limit, trades.Count - first));
        PublicTrade[] found = new PublicTrade[count];
        for (int i = 0; i < count; i++)
        {
            found[i] = trades[first + i];
        }

        return found;
    }

    /// <summary>The best levels of a book.</summary>
    /// <param name="symbol">Which instrument; an unknown one has an empty book.</param>
    /// <param name="limit">Levels per side at most.</param>
    public DepthView Depth(string symbol, int limit) => Find(symbol)?.Trading.Depth(limit) ?? new DepthView(0, [], []);

    /// <summary>Fundings paid in an instrument, oldest first.</summary>
    public IReadOnlyList<FundingStamp> FundingHistory(string symbol)
    {
        if (Find(symbol) is not ListedInstrument instrument)
        {
            return [];
        }

        HistoryRing<FundingStamp> stamps = _clocks[instrument.Index].Stamps;
        FundingStamp[] found = new FundingStamp[stamps.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = stamps[i];
        }

        return found;
    }

    /// <summary>Adds fundings of a time before the exchange's start.</summary>
    /// <param name="symbol">Whose; an unknown one is left alone.</param>
    /// <param name="stamps">Oldest first, before any that was paid.</param>
    internal void SeedFunding(string symbol, IEnumerable<FundingStamp> stamps)
    {
        if (Find(symbol) is ListedInstrument instrument)
        {
            foreach (FundingStamp stamp in stamps)
            {
                _clocks[instrument.Index].Stamps.Add(stamp);
            }
        }
    }

    private ExchangeOrder? FindOpen(ExchangeAccount account, in OrderKey key)
    {
        if (Find(key.Symbol) is not ListedInstrument instrument)
        {
            return null;
        }

        if (key.OrderId is long id)
        {
            return account.Open.GetValueOrDefault(id) is ExchangeOrder order && order.Instrument == instrument ? order : null;
        }

        return key.ClientId is null
            ? null
            : account.OpenByClientId.GetValueOrDefault((instrument.Index, false, key.ClientId))
                ?? account.OpenByClientId.GetValueOrDefault((instrument.Index, true, key.ClientId));
    }
}

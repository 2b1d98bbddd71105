namespace Harrier.Testnet.Core;

/// <content>Going on where an earlier process stopped: first markets and wallets, then orders in the order of their numbers, then what was being done.</content>
public sealed partial class ExchangeCore
{
    // More than a process can number between two notes of the last number: nothing is numbered twice.
    private const long OrderNumberGap = 1_000_000_000;
    private const long TradeNumberGap = 1_000_000;

    private readonly List<ExchangeOrder> _unfinished = [];

    // Until the market is there: what a trigger sends must find it.
    private bool _isRestored;

    /// <summary>The last number of an order.</summary>
    internal long LastOrderId => _registry.LastId;

    /// <summary>Takes over numbers and prices of an instrument.</summary>
    internal void RestoreMarket(ListedInstrument instrument, (long Order, long Trade) last, (decimal Last, decimal Mark, decimal Index) prices)
    {
        _registry.SkipTo(last.Order + OrderNumberGap);
        instrument.LastTradeId = last.Trade + TradeNumberGap;
        (instrument.LastPrice, instrument.MarkPrice, instrument.IndexPrice) = prices;
    }

    /// <summary>Takes over what an operator changed of an instrument.</summary>
    internal static void RestoreRules(ListedInstrument instrument, decimal tick, ListingStatus status)
    {
        instrument.Trading.Refine(tick);
        (instrument.TickSize, instrument.Status) = (tick, status);
    }

    /// <summary>Lets an account have an amount of an asset, whatever it had; no order of it may be there yet.</summary>
    internal void RestoreWallet(ExchangeAccount account, string asset, decimal amount)
    {
        int index = _assets.IndexOf(asset);
        _booking.Move(Venue.Outside, account, index, amount - account.BalanceOf(index).Free - account.BalanceOf(index).Locked);
    }

    /// <summary>Takes over an order. One that was being matched when the process ended is matched by <see cref="Finish"/>.</summary>
    internal void RestoreOrder(ExchangeOrder order)
    {
        _isRestored = true;
        _registry.SkipTo(order.Id + OrderNumberGap);
        _registry.Restore(order);
        if (order is { IsOpen: true, IsWorking: false })
        {
            TriggerDesk.Resume(order);
        }

        if (order is { IsOpen: true, IsWorking: true, RestsInBook: false })
        {
            _unfinished.Add(order);
        }
    }

    /// <summary>Takes over a fill of an order that was taken over.</summary>
    internal static void RestoreFill(ExchangeFill fill)
    {
        fill.Order.AddFill(fill);
        fill.Order.Account.Fills.Add(fill);
    }

    /// <summary>Tells whoever keeps something of accounts how they stand.</summary>
    internal void EndRestoring()
    {
        foreach (ExchangeAccount account in _accounts.Where(static account => !account.IsHouse))
        {
            _events.Restored(account);
        }
    }

    /// <summary>Goes on with what was being done when the earlier process ended; the market must be there.</summary>
    internal void Finish()
    {
        Begin();
        _isRestored = false;
        foreach (ExchangeOrder order in _unfinished)
        {
            if (order.IsOpen)
            {
                _desk.Work(order);
                Settle(order.Instrument);
            }
        }

        _unfinished.Clear();
        foreach (ListedInstrument instrument in _listings)
        {
            Settle(instrument);
        }
    }
}

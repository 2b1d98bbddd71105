using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>
/// Take profit and stop loss of positions: one waiting order each that closes the whole position. They end with the position, and orders that bring their
/// own set them at their first fill. What events bring about is done after the command, because listeners must not give commands.
/// </summary>
/// <param name="desk">Linear contracts.</param>
internal sealed class BybitExits(BybitDesk desk) : IExchangeListener
{
    private const string Profit = "TakeProfit";
    private const string Loss = "StopLoss";

    private readonly Dictionary<(int Account, int Instrument, bool IsProfit), ExchangeOrder> _exits = [];
    private readonly Queue<(ExchangePosition Position, BybitNote? Wanted)> _due = new();

    /// <summary>The waiting order of a position; null for none.</summary>
    public ExchangeOrder? Of(ExchangePosition position, bool isProfit) =>
        _exits.TryGetValue((position.Account.Id, position.Instrument.Index, isProfit), out ExchangeOrder? exit) && exit.IsOpen ? exit : null;

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        if (fill is not null && desk.Notes.Of(order) is { } note && (note.TakeProfit > 0 || note.StopLoss > 0) && order.Fills.Count == 1)
        {
            _due.Enqueue((order.Account.Position(order.Instrument), note));
        }
    }

    /// <inheritdoc/>
    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
    {
        if (position is not null && (Of(position, isProfit: true) ?? Of(position, isProfit: false)) is not null)
        {
            _due.Enqueue((position, null));
        }
    }

    /// <summary>Does what is due; inside the gate, and not from a listener.</summary>
    public void Settle()
    {
        while (_due.TryDequeue(out (ExchangePosition Position, BybitNote? Wanted) due))
        {
            if (due.Wanted is { } note && due.Position.Quantity != 0)
            {
                _ = Set(due.Position, isProfit: true, note.TakeProfit == 0 ? null : note.TakeProfit, note.TakeProfitByMark);
                _ = Set(due.Position, isProfit: false, note.StopLoss == 0 ? null : note.StopLoss, note.StopLossByMark);
            }

            RemoveStale(due.Position, isProfit: true);
            RemoveStale(due.Position, isProfit: false);
        }
    }

    /// <summary>Sets, moves or removes an exit.</summary>
    /// <param name="position">Of which position; it must not be flat.</param>
    /// <param name="isProfit">Take profit or stop loss.</param>
    /// <param name="price">Trigger price; 0 removes, null leaves.</param>
    /// <param name="isByMark">Whether it looks at the mark price.</param>
    public BybitFault? Set(ExchangePosition position, bool isProfit, decimal? price, bool isByMark)
    {
        if (price is not { } wanted)
        {
            return null;
        }

        ExchangeOrder? old = Of(position, isProfit);
        bool isLong = position.Quantity > 0;
        NewOrder order = new()
        {
            Symbol = position.Instrument.Symbol,
            IsSell = isLong,
            Type = isProfit ? ExchangeOrderType.TakeProfit : ExchangeOrderType.StopLoss,
            StopPrice = wanted,
            TriggerByMark = isByMark,
            ClosePosition = true,
            DryRun = true,
        };
        if (wanted > 0 && desk.Market.Core.Place(position.Account, order).Refusal is { } refusal)
        {
            return refusal.Reason == RefusalReason.WouldTrigger
                ? BybitFault.Parameter($"{(isProfit ? Profit : Loss)}:{wanted} set for {(isLong ? "Buy" : "Sell")} position is on the wrong side of the price")
                : BybitRefusals.Of(refusal, isSpot: false);
        }

        if (old is not null)
        {
            _ = desk.Market.Core.Cancel(position.Account, new OrderKey(position.Instrument.Symbol, old.Id, null));
        }

        if (wanted > 0)
        {
            desk.Notes.Expect(new BybitNote
            {
                StopOrderType = isProfit ? Profit : Loss,
                CreateType = isProfit ? "CreateByTakeProfit" : "CreateByStopLoss",
                LastPrice = position.Instrument.LastPrice,
            });
            Placement placed = desk.Market.Core.Place(position.Account, order with { DryRun = false });
            desk.Notes.ExpectNothing();
            if (placed.Order is { } exit)
            {
                _exits[(position.Account.Id, position.Instrument.Index, isProfit)] = exit;
            }
        }

        return null;
    }

    private void RemoveStale(ExchangePosition position, bool isProfit)
    {
        // An exit sells a long position: one that is flat or turned around needs it no more.
        if (Of(position, isProfit) is { } exit && (position.Quantity == 0 || exit.Terms.IsSell != position.Quantity > 0))
        {
            _ = desk.Market.Core.Cancel(position.Account, new OrderKey(position.Instrument.Symbol, exit.Id, null));
        }
    }
}

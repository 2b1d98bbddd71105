using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>What can end a position by itself.</summary>
internal enum BybitExit : byte
{
    /// <summary>Take profit.</summary>
    TakeProfit,

    /// <summary>Stop loss.</summary>
    StopLoss,

    /// <summary>A stop that follows the price.</summary>
    TrailingStop,
}

/// <summary>What an exit shall be.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Value">Trigger price, or the distance of a trailing stop; 0 removes it, null leaves it.</param>
internal readonly record struct BybitExitTerms(BybitExit Kind, decimal? Value)
{
    /// <value>Whether it looks at the mark price.</value>
    public bool IsByMark { get; init; }

    /// <value>Price from which a trailing stop follows; 0 for at once.</value>
    public decimal ActivePrice { get; init; }
}

/// <summary>
/// Take profit, stop loss and trailing stop of positions: one waiting order each that closes the whole position. They end with the position, and orders that bring their
/// own set them at their first fill. What events bring about is done after the command, because listeners must not give commands.
/// </summary>
/// <param name="desk">Linear contracts.</param>
internal sealed class BybitExits(BybitDesk desk) : IExchangeListener
{
    private static readonly BybitExit[] _kinds = Enum.GetValues<BybitExit>();

    private readonly Dictionary<(int Account, int Instrument, BybitExit Kind), ExchangeOrder> _exits = [];
    private readonly Queue<(ExchangePosition Position, BybitNote? Wanted)> _due = new();

    /// <summary>The waiting order of a position; null for none.</summary>
    public ExchangeOrder? Of(ExchangePosition position, BybitExit kind) =>
        _exits.TryGetValue((position.Account.Id, position.Instrument.Index, kind), out ExchangeOrder? exit) && exit.IsOpen ? exit : null;

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
        if (position is not null && _kinds.Any(k => Of(position, k) is not null))
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
                _ = Set(due.Position, new BybitExitTerms(BybitExit.TakeProfit, note.TakeProfit == 0 ? null : note.TakeProfit) { IsByMark = note.TakeProfitByMark });
                _ = Set(due.Position, new BybitExitTerms(BybitExit.StopLoss, note.StopLoss == 0 ? null : note.StopLoss) { IsByMark = note.StopLossByMark });
            }

            foreach (BybitExit kind in _kinds)
            {
                RemoveStale(due.Position, kind);
            }
        }
    }

    /// <summary>Sets, moves or removes an exit.</summary>
    /// <param name="position">Of which position; it must not be flat.</param>
    /// <param name="terms">What it shall be.</param>
    public BybitFault? Set(ExchangePosition position, BybitExitTerms terms)
    {
        if (terms.Value is not { } wanted)
        {
            return null;
        }

        ExchangeOrder? old = Of(position, terms.Kind);
        bool isLong = position.Quantity > 0;
        NewOrder order = Order(position, terms, wanted);
        if (wanted > 0 && desk.Market.Core.Place(position.Account, order with { DryRun = true }).Refusal is { } refusal)
        {
            return refusal.Reason == RefusalReason.WouldTrigger
                ? BybitFault.Parameter($"{terms.Kind}:{wanted} set for {(isLong ? "Buy" : "Sell")} position is on the wrong side of the price")
                : BybitRefusals.Of(refusal, isSpot: false);
        }

        if (old is not null)
        {
            _ = desk.Market.Core.Cancel(position.Account, new OrderKey(position.Instrument.Symbol, old.Id, null));
        }

        if (wanted > 0)
        {
            desk.Notes.Expect(new BybitNote { StopOrderType = terms.Kind.ToString(), CreateType = "CreateBy" + terms.Kind, LastPrice = position.Instrument.LastPrice });
            Placement placed = desk.Market.Core.Place(position.Account, order);
            desk.Notes.ExpectNothing();
            if (placed.Order is { } exit)
            {
                _exits[(position.Account.Id, position.Instrument.Index, terms.Kind)] = exit;
            }
        }

        return null;
    }

    private static NewOrder Order(ExchangePosition position, in BybitExitTerms terms, decimal wanted)
    {
        bool isTrailing = terms.Kind == BybitExit.TrailingStop;
        return new NewOrder
        {
            Symbol = position.Instrument.Symbol,
            IsSell = position.Quantity > 0,
            Type = terms.Kind switch
            {
                BybitExit.TakeProfit => ExchangeOrderType.TakeProfit,
                BybitExit.StopLoss => ExchangeOrderType.StopLoss,
                _ => ExchangeOrderType.TrailingStop,
            },
            StopPrice = isTrailing ? terms.ActivePrice : wanted,
            TrailingDistance = isTrailing ? wanted : 0,
            TriggerByMark = terms.IsByMark,
            ClosePosition = true,
        };
    }

    private void RemoveStale(ExchangePosition position, BybitExit kind)
    {
        // An exit sells a long position: one that is flat or turned around needs it no more.
        if (Of(position, kind) is { } exit && (position.Quantity == 0 || exit.Terms.IsSell != position.Quantity > 0))
        {
            _ = desk.Market.Core.Cancel(position.Account, new OrderKey(position.Instrument.Symbol, exit.Id, null));
        }
    }
}

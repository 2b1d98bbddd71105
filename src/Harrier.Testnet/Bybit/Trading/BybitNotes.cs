using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>What the venue remembers of an order and the exchange does not.</summary>
internal sealed record BybitNote
{
    /// <value>The venue's word for what kind of waiting order it is; empty for none.</value>
    public string StopOrderType { get; init; } = "";

    /// <value>Take profit that its first fill sets for the position; 0 for none.</value>
    public decimal TakeProfit { get; init; }

    /// <value>Stop loss that its first fill sets for the position; 0 for none.</value>
    public decimal StopLoss { get; init; }

    /// <value>Whether the take profit looks at the mark price.</value>
    public bool TakeProfitByMark { get; init; }

    /// <value>Whether the stop loss looks at the mark price.</value>
    public bool StopLossByMark { get; init; }

    /// <value>Last price when it was made.</value>
    public decimal LastPrice { get; init; }

    /// <value>Who made it, in the venue's word.</value>
    public string CreateType { get; init; } = "CreateByUser";
}

/// <summary>
/// Notes of the newest orders, and the ids of clients that were used: the venue takes each but once. Every member is called inside the exchange's gate.
/// </summary>
internal sealed class BybitNotes : IExchangeListener
{
    private const int Kept = 20_000;

    private readonly Dictionary<long, BybitNote> _notes = [];
    private readonly Queue<long> _order = new();
    private readonly HashSet<(int Account, string LinkId)> _used = [];
    private readonly Queue<(int Account, string LinkId)> _usedOrder = new();
    private BybitNote? _next;

    /// <summary>The note of an order.</summary>
    public BybitNote? Of(ExchangeOrder order) => _notes.GetValueOrDefault(order.ParentConditionalId == 0 ? order.Id : order.ParentConditionalId);

    /// <summary>Keeps a note for the order that the next command makes; its events come before the command returns.</summary>
    public void Expect(BybitNote note) => _next = note;

    /// <summary>Ends that: the command made none.</summary>
    public void ExpectNothing() => _next = null;

    /// <summary>Whether an account used an id of its own before, among the newest.</summary>
    public bool IsUsed(ExchangeAccount account, string linkId) => linkId.Length > 0 && _used.Contains((account.Id, linkId));

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        if (kind is not (OrderEventKind.New or OrderEventKind.ConditionalNew) || order.ParentConditionalId != 0)
        {
            return;
        }

        Use(order.Account.Id, order.OwnClientId);
        if (_next is { } note)
        {
            _next = null;
            _notes.Add(order.Id, note);
            _order.Enqueue(order.Id);
            if (_order.Count > Kept)
            {
                _ = _notes.Remove(_order.Dequeue());
            }
        }
    }

    /// <inheritdoc/>
    public void OnRestored(ExchangeAccount account)
    {
        for (int i = 0; i < account.Orders.Count; i++)
        {
            Use(account.Id, account.Orders[i].OwnClientId);
        }
    }

    private void Use(int account, string linkId)
    {
        if (linkId.Length > 0 && _used.Add((account, linkId)))
        {
            _usedOrder.Enqueue((account, linkId));
            if (_usedOrder.Count > Kept)
            {
                _ = _used.Remove(_usedOrder.Dequeue());
            }
        }
    }
}

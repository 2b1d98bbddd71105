using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Exchanges.Trading;

/// <summary>One of our orders as the adapter follows it, from before it is sent until nothing can change any more.</summary>
public sealed class TrackedOrder
{
    private readonly HashSet<VenueTradeId> _trades = [];

    internal TrackedOrder(ClientOrderId id, Instrument instrument, OrderRequest request, Timestamp registered)
    {
        Id = id;
        Instrument = instrument;
        Request = request;
        Registered = registered;
        IsConditional = request.Type is not (OrderType.Market or OrderType.Limit);
    }

    /// <summary>Our id.</summary>
    public ClientOrderId Id { get; }

    /// <summary>Whose order it is.</summary>
    public BotId Bot { get; init; }

    /// <summary>What it trades, as the engine knows it.</summary>
    public Instrument Instrument { get; }

    /// <summary>What was sent.</summary>
    public OrderRequest Request { get; }

    /// <summary>When it was registered, before it was sent.</summary>
    public Timestamp Registered { get; }

    /// <summary>When the message was received because of which it is sent; null where none was.</summary>
    public Timestamp? Heard { get; internal set; }

    /// <summary>True for an order that waits for a trigger.</summary>
    public bool IsConditional { get; }

    /// <summary>The venue's id; null until it told one.</summary>
    public VenueOrderId? VenueId { get; internal set; }

    /// <summary>The venue's id of the order that this one made when it was triggered, where those are two.</summary>
    public VenueOrderId? ChildId { get; internal set; }

    /// <summary>The venue's id of the order that trades: its own, or that of the one it made; null while none is known.</summary>
    public VenueOrderId? TradedId => ChildId ?? (LivesApart ? null : VenueId);

    /// <summary>Sum of the executions that were booked, in base currency.</summary>
    public decimal Executed { get; internal set; }

    /// <summary>The largest cumulative execution that the venue told of; above <see cref="Executed"/> while fills are missing.</summary>
    public decimal ToldExecuted { get; internal set; }

    /// <summary>True once the venue said that it has the order.</summary>
    public bool IsAccepted { get; internal set; }

    /// <summary>True once the end was reported: nothing reopens it.</summary>
    public bool IsFinal { get; internal set; }

    /// <summary>What the venue last showed of it; null before it showed anything.</summary>
    public VenueOrder? LastShown { get; internal set; }

    /// <summary>True when the venue told of executions that were not booked yet.</summary>
    public bool IsMissingFills => ToldExecuted > Executed;

    /// <summary>True once the venue showed it among orders that wait apart and make another one.</summary>
    internal bool LivesApart { get; set; }

    /// <summary>The end that waits for missing fills; null when there is none.</summary>
    internal (VenueOrderStatus Status, decimal Executed, Timestamp Time, string Reason)? PendingEnd { get; set; }

    /// <summary>
    /// True once the venue showed a stop that waits for the price to come back: it was past the trigger when the order arrived, and the venue reads the
    /// direction off the price. It protects nothing.
    /// </summary>
    internal bool IsBackwards { get; set; }

    /// <summary>True once a call that cancels it was begun.</summary>
    internal bool IsCancelBegun { get; set; }

    /// <summary>The last call about this order; the next one waits for it.</summary>
    internal Task Calls { get; set; } = Task.CompletedTask;

    /// <summary>How the venue finds it.</summary>
    /// <param name="separateConditionals">True where orders that wait for a trigger live apart.</param>
    public OrderKey Key(bool separateConditionals) => new(Request.Symbol, Request.ClientId, null, separateConditionals && IsConditional && ChildId is null);

    /// <summary>An order of an earlier process, as far as the record knows it.</summary>
    internal static TrackedOrder Of(OrderFact fact, ClientOrderId id, Instrument instrument)
    {
        OrderRequest request = new()
        {
            Symbol = fact.Symbol,
            ClientId = fact.ClientId,
            Side = fact.Side,
            Type = fact.IsConditional ? OrderType.Stop : OrderType.Limit,
            Quantity = fact.Quantity,
            Price = fact.Price,
            ReduceOnly = fact.ReduceOnly,
            PositionSide = fact.PositionSide,
        };
        return new TrackedOrder(id, instrument, request, fact.Created)
        {
            Bot = fact.Bot,
            VenueId = fact.IsConditional ? null : fact.VenueId,
            ChildId = fact.IsConditional ? fact.VenueId : null,
            Executed = fact.Executed,
            ToldExecuted = fact.Executed,
            IsAccepted = fact.Standing >= OrderStanding.Working,
            IsFinal = fact.IsFinal,
        };
    }

    internal bool IsBooked(VenueTradeId trade) => _trades.Contains(trade);

    internal bool AddTrade(VenueTradeId trade) => _trades.Add(trade);
}

using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>An order the exchange took, open or ended. It changes while it lives: read it inside the gate.</summary>
public sealed class ExchangeOrder
{
    private List<ExchangeFill>? _fills;

    internal ExchangeOrder(long id, ExchangeAccount account, ListedInstrument instrument, in NewOrder terms)
    {
        (Id, Account, Instrument, Terms) = (id, account, instrument, terms);
        (Quantity, Price, ClientId) = (terms.Quantity, terms.Price, terms.ClientId);
    }

    /// <summary>Rises with every order of the exchange, over all instruments; conditional orders of linear markets have ids of the same row.</summary>
    public long Id { get; }

    /// <summary>The client's id; after a cancel of a spot order the cancel's id, with the order's own in <see cref="OriginalClientId"/>.</summary>
    public string ClientId { get; internal set; }

    /// <summary>The order's own client id once a cancel put its id into <see cref="ClientId"/>; empty before.</summary>
    public string OriginalClientId { get; internal set; } = string.Empty;

    /// <summary>The order's own client id, whatever became of it.</summary>
    public string OwnClientId => OriginalClientId.Length > 0 ? OriginalClientId : ClientId;

    /// <summary>Whose it is.</summary>
    public ExchangeAccount Account { get; }

    /// <summary>What it trades.</summary>
    public ListedInstrument Instrument { get; }

    /// <summary>What was asked for; a change of a waiting order changes it too.</summary>
    public NewOrder Terms { get; internal set; }

    /// <summary>Where it stands.</summary>
    public ExchangeOrderStatus Status { get; internal set; }

    /// <summary>Total quantity now, smaller than asked for after an amendment or a shrunk reduce-only order. An order sized in quote has what it executed.</summary>
    public decimal Quantity { get; internal set; }

    /// <summary>Limit price now; 0 for market orders.</summary>
    public decimal Price { get; internal set; }

    /// <summary>Trigger price now; trailing orders move it.</summary>
    public decimal TriggerPrice { get; internal set; }

    /// <summary>Filled so far, in the base asset.</summary>
    public decimal Executed { get; internal set; }

    /// <summary>Filled so far, in the quote asset.</summary>
    public decimal ExecutedQuote { get; internal set; }

    /// <summary>Quantity that self-trade prevention took away.</summary>
    public decimal Prevented { get; internal set; }

    /// <summary>Average fill price; 0 without fills.</summary>
    public decimal AveragePrice => Executed == 0 ? 0 : ExecutedQuote / Executed;

    /// <summary>What is neither filled nor taken away.</summary>
    public decimal Remaining => Quantity - Executed - Prevented;

    /// <summary>When it was accepted.</summary>
    public Timestamp Created { get; internal set; }

    /// <summary>When it changed last.</summary>
    public Timestamp Updated { get; internal set; }

    /// <summary>When it reached the book; the default while it waits.</summary>
    public Timestamp WorkingSince { get; internal set; }

    /// <summary>False while it waits for its trigger.</summary>
    public bool IsWorking { get; internal set; }

    /// <summary>True while it can be filled or canceled.</summary>
    public bool IsOpen => Status is ExchangeOrderStatus.New or ExchangeOrderStatus.PartiallyFilled or ExchangeOrderStatus.Untriggered;

    /// <summary>True once the stop price of a spot order was reached.</summary>
    public bool IsTriggered { get; internal set; }

    /// <summary>True for the conditional orders of linear markets, which never fill themselves: their child does.</summary>
    public bool IsConditional { get; internal init; }

    /// <summary>The conditional order that made this one; 0 for none.</summary>
    public long ParentConditionalId { get; internal init; }

    /// <summary>The order a conditional one made at its trigger; 0 before.</summary>
    public long ChildOrderId { get; internal set; }

    /// <summary>Why the exchange ended it; see <see cref="ExpiryReasons"/>.</summary>
    public string? EndReason { get; internal set; }

    /// <summary>Its fills in order; empty for house accounts, which keep none.</summary>
    public IReadOnlyList<ExchangeFill> Fills => _fills ?? (IReadOnlyList<ExchangeFill>)[];

    /// <summary>True when the exchange made it to close a position that lacks margin.</summary>
    public bool IsLiquidation { get; internal init; }

    internal ExchangeOrder? Parent { get; init; }

    internal decimal Locked { get; set; }

    internal decimal OpenNotional { get; set; }

    internal bool HasStopPrice => IsConditional || Terms.Type is not (ExchangeOrderType.Limit or ExchangeOrderType.Market or ExchangeOrderType.LimitMaker);

    internal bool HasLimitPrice => Terms.Type is ExchangeOrderType.Limit or ExchangeOrderType.LimitMaker or ExchangeOrderType.StopLossLimit or ExchangeOrderType.TakeProfitLimit;

    /// <summary>True for a working order that can wait in the book; any other is matched as soon as it works, and ends with that.</summary>
    internal bool RestsInBook => IsOpen && IsWorking && HasLimitPrice
        && (Terms.Type == ExchangeOrderType.LimitMaker || Terms.TimeInForce is not (ExchangeTimeInForce.IOC or ExchangeTimeInForce.FOK));

    internal decimal TrailBest { get; set; }

    internal bool IsTrailing { get; set; }

    internal bool StartsAbove { get; set; }

    internal void AddFill(ExchangeFill fill) => (_fills ??= new List<ExchangeFill>(1)).Add(fill);
}

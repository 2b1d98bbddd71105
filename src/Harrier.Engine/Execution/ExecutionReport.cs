using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>What a venue says about one of our orders.</summary>
public enum ExecutionKind : byte
{
    /// <summary>The order is in the book or waits for its trigger.</summary>
    Accepted = 0,

    /// <summary>Some or all of it traded.</summary>
    Filled = 1,

    /// <summary>It was canceled.</summary>
    Canceled = 2,

    /// <summary>Its time in force ended it.</summary>
    Expired = 3,

    /// <summary>It was refused.</summary>
    Rejected = 4,

    /// <summary>The venue closed a position for lack of margin: a fill without an order of ours.</summary>
    Liquidated = 5,

    /// <summary>The answer to its sending was lost: it may or may not exist. All of its risk stays reserved.</summary>
    OutcomeUnknown = 6,

    /// <summary>Its outcome has been unknown for so long that a person was told; it is still asked after.</summary>
    Escalated = 7,

    /// <summary>A fill that no working order of ours explains, booked so that position and balance equal the venue's: <see cref="ExecutionReport.Bot"/> takes it.</summary>
    Adjusted = 8,

    /// <summary>The real execution behind a fill that was booked at a concluded price: the size stays, price and fee become right.</summary>
    Corrected = 9,

    /// <summary>
    /// A bot's part of a payment of funding: <see cref="ExecutionReport.Fee"/> was paid, or received where it is below 0. <see cref="ExecutionReport.TradeId"/> names the payment
    /// and the bot; one that was told before changes nothing.
    /// </summary>
    Funded = 10,
}

/// <summary>Why a venue refused an order.</summary>
public enum RejectReason : byte
{
    /// <summary>It did not refuse.</summary>
    None = 0,

    /// <summary>The balance or margin does not cover it.</summary>
    InsufficientBalance = 1,

    /// <summary>A post-only order would have traded at once.</summary>
    PostOnlyWouldTake = 2,

    /// <summary>A reduce-only order found nothing to reduce.</summary>
    NothingToReduce = 3,

    /// <summary>Too many orders in one bar: the strategy answers its own fills without end.</summary>
    TooManyOrders = 4,

    /// <summary>A rule of the instrument: grid, smallest or largest size, value, price band.</summary>
    InvalidOrder = 5,

    /// <summary>The trigger was on the wrong side of the market.</summary>
    WouldTrigger = 6,

    /// <summary>The instrument does not trade at present.</summary>
    MarketClosed = 7,

    /// <summary>The venue, or this account or key, does not do such orders.</summary>
    NotSupported = 8,

    /// <summary>Too many requests, or the venue was too busy; the order certainly was not placed.</summary>
    Throttled = 9,

    /// <summary>The venue could not be reached; the order certainly was not placed.</summary>
    Unreachable = 10,

    /// <summary>The answer was lost, and asking the venue proved that the order does not exist.</summary>
    ProvenAbsent = 11,

    /// <summary>Another reason; the log has the venue's words.</summary>
    Other = 12,

    /// <summary>The quote was not committed in time.</summary>
    QuoteExpired = 13,

    /// <summary>The venue wants a one-time password from the account's owner.</summary>
    PasswordRequired = 14,
}

/// <summary>One message of a venue about an order, in our words. Passed by reference, never stored by the engine.</summary>
public readonly struct ExecutionReport
{
    /// <summary>What happened.</summary>
    public required ExecutionKind Kind { get; init; }

    /// <summary>Our id of the order; the default for a liquidation and an adjustment.</summary>
    public required ClientOrderId Order { get; init; }

    /// <summary>In the place of a bot: it concerns the account as a whole, and has to be divided among those who hold the instrument before an engine gets it.</summary>
    public static BotId OfAccount => new(-1);

    /// <summary>Whose order; read only for liquidation, adjustment, correction and funding, where no working order says it.</summary>
    public BotId Bot { get; init; }

    /// <summary>Which instrument; read as <see cref="Bot"/> is.</summary>
    public InstrumentId Instrument { get; init; }

    /// <summary>Side; read as <see cref="Bot"/> is.</summary>
    public OrderSide Side { get; init; }

    /// <summary>The venue's id of the execution; 0 for kinds that are not fills.</summary>
    public VenueTradeId TradeId { get; init; }

    /// <summary>The price that was booked before; read only for a correction.</summary>
    public PriceTicks ReplacedPrice { get; init; }

    /// <summary>Price of the fill.</summary>
    public PriceTicks Price { get; init; }

    /// <summary>Size of the fill in lots.</summary>
    public SizeLots Size { get; init; }

    /// <summary>Fee of the fill in <see cref="FeeAsset"/>; negative for a rebate.</summary>
    public decimal Fee { get; init; }

    /// <summary>What the fee was paid in.</summary>
    public Asset FeeAsset { get; init; }

    /// <summary>True when our order rested.</summary>
    public bool IsMaker { get; init; }

    /// <summary>Why the order was refused.</summary>
    public RejectReason Reason { get; init; }

    /// <summary>When it happened at the venue.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>When it reached us; never earlier in the input queue than what came before it.</summary>
    public required Timestamp ReceivedTime { get; init; }

    /// <summary>Writes every field; the one form in which reports are journaled and saved.</summary>
    public void Save(ref StateWriter writer)
    {
        writer.Write((byte)Kind);
        ClientOrderId order = Order;
        writer.WriteRaw(in order);
        writer.Write(Bot.Index);
        writer.Write(Instrument.Index);
        writer.Write((byte)Side);
        VenueTradeId trade = TradeId;
        writer.WriteRaw(in trade);
        writer.Write(ReplacedPrice.Value);
        writer.Write(Price.Value);
        writer.Write(Size.Value);
        writer.Write(Fee);
        writer.Write(FeeAsset == default ? "" : FeeAsset.Code);
        writer.Write(IsMaker);
        writer.Write((byte)Reason);
        writer.Write(Time);
        writer.Write(ReceivedTime);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static ExecutionReport Read(ref StateReader reader) => new()
    {
        Kind = (ExecutionKind)reader.ReadByte(),
        Order = reader.ReadRaw<ClientOrderId>(),
        Bot = new BotId(reader.ReadInt32()),
        Instrument = new InstrumentId(reader.ReadInt32()),
        Side = (OrderSide)reader.ReadByte(),
        TradeId = reader.ReadRaw<VenueTradeId>(),
        ReplacedPrice = new PriceTicks(reader.ReadInt64()),
        Price = new PriceTicks(reader.ReadInt64()),
        Size = new SizeLots(reader.ReadInt64()),
        Fee = reader.ReadDecimal(),
        FeeAsset = reader.ReadString() is { Length: > 0 } code ? new Asset(code) : default,
        IsMaker = reader.ReadBoolean(),
        Reason = (RejectReason)reader.ReadByte(),
        Time = reader.ReadTimestamp(),
        ReceivedTime = reader.ReadTimestamp(),
    };
}

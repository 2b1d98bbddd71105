using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation.Fills;

/// <summary>The messages of a simulated venue about one of our orders.</summary>
internal static class VenueReports
{
    /// <summary>An order was accepted, canceled, refused or ended.</summary>
    public static ExecutionReport Of(ExecutionKind kind, ClientOrderId order, RejectReason reason, (Timestamp At, Timestamp Received) time) => new()
    {
        Kind = kind,
        Order = order,
        Reason = reason,
        Time = time.At,
        ReceivedTime = time.Received,
    };

    /// <summary>Some or all of an order traded.</summary>
    public static ExecutionReport OfFill(SimulatedOrder order, in BookedFill fill, (bool IsMaker, Asset FeeAsset) terms, (Timestamp At, Timestamp Received) time) => new()
    {
        Kind = ExecutionKind.Filled,
        Order = order.Order.Id,
        TradeId = fill.TradeId,
        Price = new PriceTicks(fill.Price),
        Size = new SizeLots(fill.Lots),
        Fee = fill.Fee,
        FeeAsset = terms.FeeAsset,
        IsMaker = terms.IsMaker,
        Time = time.At,
        ReceivedTime = time.Received,
    };

    /// <summary>The venue took a position over.</summary>
    /// <param name="bot">Whose.</param>
    /// <param name="instrument">Which instrument.</param>
    /// <param name="fill">Price and fee, and the position as signed lots.</param>
    /// <param name="time">When it happened and when it reaches us.</param>
    public static ExecutionReport OfLiquidation(BotId bot, Instrument instrument, in BookedFill fill, (Timestamp At, Timestamp Received) time) => new()
    {
        Kind = ExecutionKind.Liquidated,
        Order = default,
        Bot = bot,
        Instrument = instrument.Id,
        Side = fill.Lots > 0 ? OrderSide.Sell : OrderSide.Buy,
        TradeId = fill.TradeId,
        Price = new PriceTicks(fill.Price),
        Size = new SizeLots(Math.Abs(fill.Lots)),
        Fee = fill.Fee,
        FeeAsset = instrument.Quote,
        Time = time.At,
        ReceivedTime = time.Received,
    };
}

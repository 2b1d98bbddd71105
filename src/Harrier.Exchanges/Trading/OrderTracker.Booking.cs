using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;

namespace Harrier.Exchanges.Trading;

/// <content>What is booked and reported; the lock is held throughout.</content>
public sealed partial class OrderTracker
{
    // Ended orders whose news are repeated to the engine after a restart.
    private const int ToldAgain = 1000;

    private Timestamp Now => Timestamp.From(_time.GetUtcNow());

    private void Announce(TrackedOrder order, OrderUpdate update)
    {
        // It has no fee, and booking it would book the fill without one: the whole message follows, or is read.
        if (update.Trade is { } trade && !order.IsBooked(trade.TradeId))
        {
            _announced.Add((trade.Symbol, trade.TradeId));
            Accept(order, update.Time);
        }
        else
        {
            _statistics = _statistics with { Duplicates = _statistics.Duplicates + 1 };
        }
    }

    private void Foreign(OrderUpdate update)
    {
        _statistics = _statistics with { Foreign = _statistics.Foreign + 1 };
        if (update is not { IsVenueMade: true, Trade: { } trade } || !_foreignTrades.Add((trade.Symbol, trade.TradeId)))
        {
            return;
        }

        if (_instruments.FirstOrDefault(i => i.Symbol == trade.Symbol) is { } instrument)
        {
            FillFact fill = AccountBook.Liquidation(FactMapping.Of(trade, FactMapping.TermsOf(instrument), "", Now));
            if (Record.Take(new FillTold(Now, fill)).IsNew)
            {
                Report(Filled(instrument, fill) with { Kind = ExecutionKind.Liquidated, Order = default, Bot = ExecutionReport.OfAccount, Instrument = instrument.Id, Side = trade.Side });
            }
        }
    }

    private void Book(TrackedOrder order, OwnTrade? trade)
    {
        if (trade is null)
        {
            return;
        }

        _announced.Remove((trade.Symbol, trade.TradeId));
        Book(order, FactMapping.Of(trade, FactMapping.TermsOf(order.Instrument), order.Request.ClientId, Now));
    }

    private void Book(TrackedOrder order, FillFact fill)
    {
        if (order.IsBooked(fill.TradeId))
        {
            // What a comparison concluded may have been told while it was made.
            _statistics = _statistics with { Duplicates = _statistics.Duplicates + 1 };
            return;
        }

        decimal inferred = fill.IsInferred ? 0 : Record.Read(book => book.InferredOf(fill.ClientId));
        decimal fresh = fill.Quantity - Math.Min(inferred, fill.Quantity);
        if (!order.IsFinal && order.Executed + fresh > order.Request.Quantity)
        {
            _statistics = _statistics with { OverFills = _statistics.OverFills + 1 };
            return;
        }

        BookEntry entry = Record.Take(new FillTold(Now, fill));
        order.AddTrade(fill.TradeId);
        if (!entry.IsNew)
        {
            _statistics = _statistics with { Duplicates = _statistics.Duplicates + 1 };
            return;
        }

        Correct(order, fill, entry.Replaced);

        // Given back before the execution that explains it: the engine would see an exit trade what an adjustment has closed already, and take that back.
        bool isGivenBack = entry.FromBots != 0 && entry.FromBots > 0 != (fill.Side == OrderSide.Buy);
        (VenueTradeId, decimal, Timestamp) cause = (fill.TradeId, fill.Price, fill.Time);
        TakeFromBots(order.Instrument, order.Bot, isGivenBack ? entry.FromBots : 0, cause);
        if (fresh > 0 && order.IsFinal)
        {
            BookLate(order, fill with { Quantity = fresh }, entry);
        }
        else if (fresh > 0)
        {
            order.Executed += fresh;
            order.ToldExecuted = Math.Max(order.ToldExecuted, order.Executed);
            order.IsAccepted = true;
            Report(Filled(order.Instrument, fill with { Quantity = fresh }) with { Order = order.Id });
            order.IsFinal = order.Executed == order.Request.Quantity;
        }

        TakeFromBots(order.Instrument, order.Bot, isGivenBack ? 0 : entry.FromBots, cause);
    }

    // A real execution takes the place of what was inferred for its order: the engine has the size already.
    private void Correct(TrackedOrder order, FillFact fill, IReadOnlyList<Replacement> replaced)
    {
        foreach (Replacement part in replaced)
        {
            bool isWhole = part.Quantity == fill.Quantity;
            ExecutionReport report = Filled(order.Instrument, fill with { Quantity = part.Quantity, Fee = isWhole ? fill.Fee : 0 });
            Report(report with
            {
                Kind = ExecutionKind.Corrected,
                Order = order.Id,
                Bot = order.Bot,
                Instrument = order.Instrument.Id,
                Side = fill.Side,
                TradeId = isWhole ? fill.TradeId : VenueTradeId.Derive($"correction {fill.Symbol} {fill.TradeId} {part.Inferred.TradeId}"),
                ReplacedPrice = Nearest(order.Instrument, part.Inferred.Price),
            });
        }
    }

    // The engine has ended the order; what traded belongs to its bot all the same, unless a statement gave it already.
    private void BookLate(TrackedOrder order, FillFact fill, BookEntry entry)
    {
        _statistics = _statistics with { LateFills = _statistics.LateFills + 1 };
        if (!entry.IsCovered)
        {
            Report(Filled(order.Instrument, fill) with { Kind = ExecutionKind.Adjusted, Order = default, Bot = order.Bot, Instrument = order.Instrument.Id, Side = fill.Side });
        }
    }

    // What the account no longer has, bots cannot hold; and what they lost so comes back when their own execution explains it.
    private void TakeFromBots(Instrument instrument, BotId bot, decimal signed, (VenueTradeId Id, decimal Price, Timestamp Time) cause)
    {
        decimal lots = Math.Abs(signed) / instrument.Definition.LotSize;
        if (signed != 0)
        {
            Report(new ExecutionReport
            {
                Kind = ExecutionKind.Adjusted,
                Order = default,
                Bot = bot,
                Instrument = instrument.Id,
                Side = signed > 0 ? OrderSide.Buy : OrderSide.Sell,
                TradeId = VenueTradeId.Derive($"bots {instrument.Symbol} {cause.Id}"),
                Price = Nearest(instrument, cause.Price),
                Size = new SizeLots((long)decimal.Round(lots)),
                FeeAsset = instrument.Quote,
                Time = cause.Time,
                ReceivedTime = default,
            });
        }
    }

    // What concerns the account and no order of ours: only what it takes from bots is for the engine.
    private void Tell(BookEntry entry, AccountFact fact)
    {
        (string symbol, (VenueTradeId, decimal, Timestamp) cause) = fact switch
        {
            FillTold told => (told.Fill.Symbol, (told.Fill.TradeId, told.Fill.Price, told.Fill.Time)),
            PositionStated stated => (stated.Position.Key.Symbol, (stated.Id, stated.Position.MarkPrice ?? stated.Position.EntryPrice, stated.AsOf)),
            _ => ("", default),
        };
        if (entry.FromBots != 0 && _instruments.FirstOrDefault(i => i.Symbol == symbol) is { } instrument)
        {
            TakeFromBots(instrument, ExecutionReport.OfAccount, entry.FromBots, cause);
        }
    }

    private void EndForgotten(TrackedOrder order, OrderMoved moved)
    {
        if (!order.IsFinal)
        {
            order.PendingEnd = null;
            ExecutionKind kind = moved.Standing == OrderStanding.Rejected && order.Executed == 0 ? ExecutionKind.Rejected : ExecutionKind.Canceled;
            End(order, kind, kind == ExecutionKind.Rejected ? RejectReason.ProvenAbsent : RejectReason.None, moved.At);
        }
    }

    private List<TrackedOrder> Resumed(AccountBook book)
    {
        List<TrackedOrder> doubtful = [];
        ILookup<string, FillFact> fills = book.Fills.ToLookup(static f => f.ClientId, StringComparer.Ordinal);
        IEnumerable<OrderFact> ended = book.Orders.Where(static o => o.IsFinal).OrderByDescending(static o => o.Changed.Nanos).Take(ToldAgain);
        foreach (OrderFact fact in book.Working.Concat(ended).OrderBy(static o => o.Created.Nanos).ToArray())
        {
            if (_byClientId.ContainsKey(fact.ClientId) || !ClientOrderId.TryParse(fact.ClientId, out ClientOrderId id)
                || _instruments.FirstOrDefault(i => i.Symbol == fact.Symbol) is not { } instrument)
            {
                continue;
            }

            TrackedOrder order = TrackedOrder.Of(fact, id, instrument);
            _byClientId.Add(fact.ClientId, order);
            if (fact.VenueId is { } venueId)
            {
                _byVenueId[(fact.Symbol, venueId)] = order;
            }

            TellAgain(order, fact, [.. fills[fact.ClientId].OrderBy(static f => f.Time.Nanos)]);
            if (fact.Standing < OrderStanding.Working)
            {
                doubtful.Add(order);
            }
        }

        return doubtful;
    }

    // The process may have ended between its record and the engine's journal. What was inferred is left out: the engine may have it replaced.
    private void TellAgain(TrackedOrder order, OrderFact fact, IReadOnlyList<FillFact> fills)
    {
        bool isPlain = fills.All(static f => !f.IsInferred);
        foreach (FillFact fill in fills)
        {
            order.AddTrade(fill.TradeId);
            if (isPlain)
            {
                Report(Filled(order.Instrument, fill) with { Order = order.Id });
            }
        }

        ExecutionKind? kind = fact.Standing switch
        {
            OrderStanding.Working when fills.Count == 0 => ExecutionKind.Accepted,
            OrderStanding.Unknown => ExecutionKind.OutcomeUnknown,
            OrderStanding.Escalated => ExecutionKind.Escalated,
            OrderStanding.Canceled => ExecutionKind.Canceled,
            OrderStanding.Expired => ExecutionKind.Expired,
            OrderStanding.Rejected => ExecutionKind.Rejected,
            _ => null,
        };
        if (kind is { } told)
        {
            RejectReason reason = told == ExecutionKind.Rejected ? RejectReason.Other : RejectReason.None;
            Report(new ExecutionReport { Kind = told, Order = order.Id, Reason = reason, Time = fact.Changed, ReceivedTime = default });
        }
    }

    private void Take(TrackedOrder order, VenueOrder shown, Timestamp time, string reason)
    {
        bool isStale = shown.Executed < order.ToldExecuted || (order.IsFinal && !shown.IsFinal);
        if (isStale || order.IsFinal)
        {
            _statistics = isStale ? _statistics with { Stale = _statistics.Stale + 1 } : _statistics;
            return;
        }

        // A receipt shows nothing, and may come after what the stream showed.
        order.LastShown = shown.Status == VenueOrderStatus.Unknown ? order.LastShown ?? shown : shown;
        order.ToldExecuted = Math.Max(order.ToldExecuted, shown.Executed);
        if (shown.IsFinal)
        {
            order.PendingEnd ??= (shown.Status, shown.Executed, time, reason);
            TryEnd(order);
        }
        else if (order.IsBackwards || IsForTheOtherSide(order, shown))
        {
            order.IsBackwards = true;
        }
        else if (shown.Status != VenueOrderStatus.Unknown)
        {
            Accept(order, time);
        }
    }

    // Of orders of an earlier process the trigger is not known, and what they were sent as neither.
    private static bool IsForTheOtherSide(TrackedOrder order, VenueOrder shown) =>
        shown is { Status: VenueOrderStatus.Waiting, Type: OrderType.TakeProfit } && order.Request is { Type: OrderType.Stop or OrderType.StopLimit, Trigger: > 0 };

    // The end comes after all executions: while some are missing it waits.
    private void TryEnd(TrackedOrder order)
    {
        if (order.IsFinal || order.IsMissingFills || order.PendingEnd is not { } end)
        {
            return;
        }

        ExecutionKind kind = end.Status switch
        {
            VenueOrderStatus.Rejected when order.Executed == 0 => ExecutionKind.Rejected,
            VenueOrderStatus.Canceled when order is { IsBackwards: true, Executed: 0 } => ExecutionKind.Rejected,
            VenueOrderStatus.Rejected or VenueOrderStatus.Expired => ExecutionKind.Expired,

            // A filled order that is smaller than what was sent: the venue shrank a reduce-only order.
            _ => ExecutionKind.Canceled,
        };
        RejectReason reason = kind != ExecutionKind.Rejected ? RejectReason.None : order.IsBackwards ? RejectReason.WouldTrigger : RejectReasons.Of(end.Reason);
        End(order, kind, reason, end.Time);
    }

    private void Accept(TrackedOrder order, Timestamp time)
    {
        if (!order.IsAccepted && !order.IsFinal)
        {
            order.IsAccepted = true;
            Record.Take(new OrderMoved(Now, order.Request.ClientId, OrderStanding.Working, order.TradedId));
            Report(new ExecutionReport { Kind = ExecutionKind.Accepted, Order = order.Id, Time = time, ReceivedTime = default });
        }
    }

    private void End(TrackedOrder order, ExecutionKind kind, RejectReason reason, Timestamp time)
    {
        order.IsFinal = true;
        OrderStanding standing = kind switch
        {
            ExecutionKind.Rejected => OrderStanding.Rejected,
            ExecutionKind.Expired => OrderStanding.Expired,
            _ => OrderStanding.Canceled,
        };
        Record.Take(new OrderMoved(Now, order.Request.ClientId, standing, order.TradedId));
        Report(new ExecutionReport { Kind = kind, Order = order.Id, Reason = reason, Time = time, ReceivedTime = default });
    }

    private static PriceTicks Nearest(Instrument instrument, decimal price) => new((long)decimal.Round(price / instrument.Definition.TickSize));

    private ExecutionReport Filled(Instrument instrument, FillFact trade)
    {
        decimal ticks = trade.Price / instrument.Definition.TickSize;
        decimal lots = trade.Quantity / instrument.Definition.LotSize;
        if ((ticks != decimal.Truncate(ticks) && !trade.IsInferred) || lots != decimal.Truncate(lots))
        {
            // The venue changed its grid while orders were open; the position is reconciled, the price is the nearest that can be said.
            _statistics = _statistics with { OffGrid = _statistics.OffGrid + 1 };
        }

        return new ExecutionReport
        {
            Kind = ExecutionKind.Filled,
            Order = default,
            TradeId = trade.TradeId,
            Price = Nearest(instrument, trade.Price),
            Size = new SizeLots((long)decimal.Round(lots)),
            Fee = trade.Fee,
            FeeAsset = trade.FeeAsset == default ? instrument.Quote : trade.FeeAsset,
            IsMaker = trade.IsMaker,
            Time = trade.Time,
            ReceivedTime = default,
        };
    }

    private void Report(ExecutionReport report)
    {
        Timestamp now = Timestamp.From(_time.GetUtcNow());
        _lastReceived = now > _lastReceived ? now : _lastReceived;
        _sink(report with { ReceivedTime = _lastReceived });
    }

    private void Raise(TrackedOrder? order, OrderUpdate? update)
    {
        if (order is { IsMissingFills: true, IsFinal: false })
        {
            FillsMissing?.Invoke(order);
        }

        if (order is { IsBackwards: true, IsFinal: false })
        {
            Backwards?.Invoke(order);
        }

        if (order is null && update is not null)
        {
            ForeignOrder?.Invoke(update);
        }
    }
}

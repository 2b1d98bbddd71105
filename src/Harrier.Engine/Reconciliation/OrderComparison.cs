using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Compares orders by our ids, once the executions are booked.</summary>
internal static class OrderComparison
{
    public static void Compare(Comparison comparison)
    {
        Dictionary<string, OrderFact> shown = new(StringComparer.Ordinal);
        foreach (OrderFact order in comparison.Theirs.Orders)
        {
            shown[order.ClientId] = order;
        }

        // Ended ones too: their end may have been heard and their executions not.
        IEnumerable<OrderFact> compared = comparison.Ours.Working.Concat(shown.Keys.Select(id => comparison.Ours.TryFind(id, out OrderFact? o) && o.IsFinal ? o : null).OfType<OrderFact>());
        foreach (OrderFact ours in compared.OrderBy(static o => o.Created.Nanos).ThenBy(static o => o.ClientId, StringComparer.Ordinal))
        {
            if (shown.TryGetValue(ours.ClientId, out OrderFact? theirs))
            {
                Shown(comparison, ours, theirs);
            }
            else if (comparison.Theirs.Complete.HasFlag(PictureParts.OpenOrders) && !comparison.IsRecent(ours.Changed))
            {
                Missing(comparison, ours);
            }
        }

        foreach (OrderFact theirs in comparison.Theirs.Orders.Where(static o => !o.IsFinal).OrderBy(static o => o.Symbol, StringComparer.Ordinal).ThenBy(static o => o.ClientId, StringComparer.Ordinal))
        {
            Unknown(comparison, theirs);
        }
    }

    private static void Shown(Comparison comparison, OrderFact ours, OrderFact theirs)
    {
        decimal explained = ExecutedNow(comparison, ours);
        if (theirs.Executed > explained)
        {
            explained = Unexplained(comparison, ours, theirs, explained);
        }
        else if (theirs.Executed < explained)
        {
            // The copy that answered is old; what was executed cannot be undone. One that waits for its trigger never trades itself.
            comparison.Unsettle(ours.Symbol);
            if (theirs.IsConditional || comparison.IsRecent(ours.Changed))
            {
                return;
            }

            comparison.Add(Of(DifferenceKind.ExecutedDiffers, ours, Comparison.Text(explained), Comparison.Text(theirs.Executed)) with
            {
                Resolution = new Resolution(ResolutionKind.LookAgain),
            });
            return;
        }

        bool hasEnded = comparison.Draft.TryFind(ours.ClientId, out OrderFact? draft) && draft.IsFinal;
        if (hasEnded || (theirs.IsFinal && explained != theirs.Executed))
        {
            return;
        }

        bool isDoubtful = ours.Standing < OrderStanding.Working;
        if (theirs.IsFinal || isDoubtful)
        {
            ResolutionKind kind = theirs.IsFinal ? ResolutionKind.EndOrder : ResolutionKind.AdoptOrder;
            comparison.Add(Of(DifferenceKind.OrderStateDiffers, ours, Word(ours), Word(theirs)) with
            {
                Resolution = new Resolution(kind, new OrderMoved(comparison.Now, ours.ClientId, theirs.Standing, theirs.VenueId)),
            });
        }
    }

    // The order tells of executions that the list of executions does not have, or that it could not be read for.
    private static decimal Unexplained(Comparison comparison, OrderFact ours, OrderFact theirs, decimal explained)
    {
        Difference difference = Of(DifferenceKind.ExecutedDiffers, ours, Comparison.Text(explained), Comparison.Text(theirs.Executed));
        bool isListComplete = comparison.Theirs.Complete.HasFlag(PictureParts.Fills);
        bool isLate = comparison.Theirs.AskedAtVenue - theirs.Changed >= comparison.Policy.InferAfter;
        if (isListComplete && isLate && Inferred(comparison, ours, theirs, explained) is { } fill)
        {
            comparison.Add(difference with { Resolution = new Resolution(ResolutionKind.InferFill, new FillTold(comparison.Now, fill)) });
            return theirs.Executed;
        }

        comparison.Unsettle(ours.Symbol);
        if (!comparison.IsRecent(ours.Changed))
        {
            comparison.Add(difference with { Resolution = new Resolution(ResolutionKind.LookAgain) });
        }

        return explained;
    }

    private static FillFact? Inferred(Comparison comparison, OrderFact ours, OrderFact theirs, decimal explained)
    {
        if (theirs.VenueId is not { } venueId || (ours.Quantity > 0 && theirs.Executed > ours.Quantity))
        {
            return null;
        }

        decimal quantity = theirs.Executed - explained;
        decimal known = comparison.Draft.TryFind(ours.ClientId, out OrderFact? draft) ? draft.ExecutedQuote ?? 0 : 0;
        decimal price = theirs.ExecutedQuote is { } all && all > known ? (all - known) / quantity : theirs.Price;
        return price <= 0 ? null : new FillFact
        {
            Symbol = ours.Symbol,
            TradeId = Comparison.IdOf($"fill {ours.Symbol} {venueId} {Comparison.Text(explained)} {Comparison.Text(theirs.Executed)}"),
            OrderId = venueId,
            ClientId = ours.ClientId,
            Side = ours.Side,
            PositionSide = ours.PositionSide,
            Quantity = quantity,
            Price = price,
            Quote = price * quantity,
            Terms = ours.Terms,
            Time = theirs.Changed,
        };
    }

    private static void Missing(Comparison comparison, OrderFact ours)
    {
        comparison.Unsettle(ours.Symbol);
        Difference difference = Of(DifferenceKind.MissingOrder, ours, Word(ours), "");
        bool isForgotten = comparison.Theirs.NotFound.Contains(ours.ClientId);
        bool isSettled = comparison.Draft.TryFind(ours.ClientId, out OrderFact? draft) && draft.IsFinal;
        if (isSettled)
        {
            return;
        }

        bool wasShown = ours.Standing == OrderStanding.Working || draft!.Standing == OrderStanding.Working;

        // Young orders are missing from a venue's copies now and then; the protocol of unknown outcomes settles those that may not exist.
        bool isOld = comparison.Theirs.Asked - ours.Created >= comparison.Policy.AbsentAfter;
        ResolutionKind kind = !isForgotten ? ResolutionKind.QueryOrder
            : isOld && comparison.IsConfirmed(difference.Subject) ? ResolutionKind.EndOrder
            : ResolutionKind.LookAgain;

        // It worked, is not open, and the venue has forgotten how it ended: what traded is in the list of executions, and nothing can follow.
        OrderStanding end = wasShown ? OrderStanding.Canceled : OrderStanding.Rejected;
        bool mayEnd = kind != ResolutionKind.EndOrder || comparison.Theirs.Complete.HasFlag(PictureParts.Fills);
        comparison.Add(difference with
        {
            Resolution = kind == ResolutionKind.EndOrder && mayEnd
                ? new Resolution(kind, new OrderMoved(comparison.Now, ours.ClientId, end, null))
                : new Resolution(mayEnd ? kind : ResolutionKind.LookAgain),
        });
    }

    private static void Unknown(Comparison comparison, OrderFact theirs)
    {
        bool isKnown = comparison.Draft.TryFind(theirs.ClientId, out OrderFact? ours);
        if (isKnown && (!ours!.IsFinal || comparison.IsRecent(ours.Changed)))
        {
            return;
        }

        // An order of ours that ended in the book and is open there, or one that carries our naming and was never written down, may still trade.
        bool isOwn = isKnown || comparison.Policy.IsOwnName(theirs.ClientId);
        DifferenceKind kind = isOwn ? DifferenceKind.OrphanOrder : DifferenceKind.ForeignOrder;
        Difference difference = new(kind, theirs.Symbol, $"order {theirs.Symbol} {theirs.VenueId} {theirs.ClientId}", isKnown ? Word(ours!) : "", Word(theirs), new Resolution(ResolutionKind.Report))
        {
            ClientId = theirs.ClientId,
        };
        comparison.Tell(difference, halts: isOwn);
    }

    private static decimal ExecutedNow(Comparison comparison, OrderFact ours) =>
        comparison.Draft.TryFind(ours.ClientId, out OrderFact? draft) ? draft.Executed : ours.Executed;

    private static Difference Of(DifferenceKind kind, OrderFact order, string ours, string theirs) =>
        new(kind, order.Symbol, $"order {order.Symbol} {order.ClientId} {kind} {theirs}", ours, theirs, new Resolution(ResolutionKind.LookAgain))
        {
            ClientId = order.ClientId,
            Position = new PositionKey(order.Symbol, order.PositionSide),
        };

    private static string Word(OrderFact order) =>
        $"{(order.Side == OrderSide.Buy ? "BUY" : "SELL")} {Comparison.Text(order.Quantity)}{(order.Price > 0 ? " @ " + Comparison.Text(order.Price) : "")}"
        + $" {order.Standing}, executed {Comparison.Text(order.Executed)}";
}

using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Compares positions of contracts, once executions and orders are.</summary>
internal static class PositionComparison
{
    public static void Compare(Comparison comparison)
    {
        SortedDictionary<PositionKey, PositionFact> shown = [];
        foreach (PositionFact position in comparison.Theirs.Positions)
        {
            shown[position.Key] = position;
        }

        // Spot has no positions at a venue: what is held there shows in the balances.
        foreach (Holding holding in comparison.Draft.Holdings.Positions.Where(static h => h.Kind != InstrumentKind.Spot && h.Net.Quantity != 0))
        {
            shown.TryAdd(holding.Key, new PositionFact(holding.Key, 0, 0));
        }

        foreach (PositionFact theirs in shown.Values)
        {
            Compare(comparison, theirs);
        }
    }

    private static void Compare(Comparison comparison, PositionFact theirs)
    {
        Holding ours = comparison.Draft.Holdings.Find(theirs.Key) ?? new Holding(theirs.Key, InstrumentKind.LinearPerpetual, default, 0, default);
        decimal quantity = ours.Net.Quantity;
        if (Math.Abs(quantity - theirs.Quantity) <= comparison.Policy.SizeTolerance)
        {
            CompareEntry(comparison, ours, theirs);
            return;
        }

        // What we learned after the question may not be in the answer. What was booked just now from the same picture is.
        Holding? booked = comparison.Ours.Holdings.Find(theirs.Key);
        if (booked is not null && comparison.IsRecent(booked.Changed))
        {
            return;
        }

        DifferenceKind kind = quantity == 0 ? DifferenceKind.UntrackedPosition
            : theirs.Quantity == 0 ? DifferenceKind.VanishedPosition
            : Math.Sign(quantity) != Math.Sign(theirs.Quantity) ? DifferenceKind.PositionSide
            : DifferenceKind.PositionSize;
        Difference difference = Of(kind, ours, theirs);
        comparison.Add(difference with { Resolution = ResolutionOf(comparison, difference, ours, theirs) });
    }

    private static Resolution ResolutionOf(Comparison comparison, Difference difference, Holding ours, PositionFact theirs)
    {
        PositionKey key = theirs.Key;
        bool isInDoubt = comparison.IsUnsettled(key.Symbol)
            || comparison.Draft.Orders.Any(o => o.Standing < OrderStanding.Working && o.Symbol == key.Symbol);
        if (isInDoubt || !comparison.IsConfirmed(difference.Subject))
        {
            return new Resolution(ResolutionKind.LookAgain);
        }

        if (!comparison.Policy.TrustVenue)
        {
            return new Resolution(ResolutionKind.Escalate, HaltsEntries: comparison.Policy.HaltOnUnexplained);
        }

        // The first picture of an account is no surprise, and a position that was being closed was meant to go.
        bool isExpected = comparison.Ours.Baseline is null
            || (difference.Kind == DifferenceKind.VanishedPosition && comparison.Ours.Positions.Find(key)?.State == PositionState.Closing);
        decimal before = ours.Net.Quantity;
        VenueTradeId id = Comparison.IdOf(
            $"position {key} {Comparison.Text(before)} {Comparison.Text(theirs.Quantity)} {Comparison.Text(theirs.EntryPrice)} {comparison.Theirs.AskedAtVenue.Nanos}");
        PositionStated fact = new(comparison.Now, id, theirs with { Changed = comparison.Now }, comparison.Theirs.AskedAtVenue, before);
        return new Resolution(ResolutionKind.AdjustBook, fact, comparison.Policy.HaltOnUnexplained && !isExpected);
    }

    private static void CompareEntry(Comparison comparison, Holding ours, PositionFact theirs)
    {
        decimal entry = ours.Net.EntryPrice;
        if (theirs.EntryPrice > 0 && Math.Abs(entry - theirs.EntryPrice) > theirs.EntryPrice * comparison.Policy.EntryTolerance)
        {
            comparison.Tell(Of(DifferenceKind.EntryPrice, ours, theirs), halts: false);
        }
    }

    private static Difference Of(DifferenceKind kind, Holding ours, PositionFact theirs)
    {
        string shown = Words(theirs.Quantity, theirs.EntryPrice);
        return new Difference(kind, theirs.Key.Symbol, $"position {theirs.Key} {shown}", Words(ours.Net.Quantity, ours.Net.EntryPrice), shown, new Resolution(ResolutionKind.Report))
        {
            Position = theirs.Key,
        };
    }

    private static string Words(decimal quantity, decimal entry) =>
        quantity == 0 ? "" : $"{Comparison.Text(quantity)} @ {Comparison.Text(decimal.Round(entry, 8))}";
}

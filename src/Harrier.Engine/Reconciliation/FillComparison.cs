using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Compares executions by the venue's ids.</summary>
internal static class FillComparison
{
    public static void Compare(Comparison comparison)
    {
        List<FillFact> missed = Missed(comparison);
        missed.Sort(static (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time)
            : a.Symbol != b.Symbol ? string.CompareOrdinal(a.Symbol, b.Symbol)
            : a.TradeId.High != b.TradeId.High ? a.TradeId.High.CompareTo(b.TradeId.High) : a.TradeId.Low.CompareTo(b.TradeId.Low));
        if (missed.Count == 0)
        {
            return;
        }

        Dictionary<(string, VenueOrderId), string> owners = OwnersShown(comparison);
        foreach (FillFact fill in missed)
        {
            string owner = fill.ClientId.Length > 0 ? fill.ClientId : comparison.Ours.ClientIdOf(fill.Symbol, fill.OrderId);
            owner = owner.Length > 0 ? owner : owners.GetValueOrDefault((fill.Symbol, fill.OrderId), "");
            Take(comparison, fill with { ClientId = owner });
        }
    }

    private static List<FillFact> Missed(Comparison comparison)
    {
        Dictionary<(string, VenueTradeId), FillFact> seen = new(comparison.Theirs.Fills.Count);
        List<FillFact> missed = [];
        foreach (FillFact fill in comparison.Theirs.Fills)
        {
            if (!seen.TryAdd((fill.Symbol, fill.TradeId), fill))
            {
                CheckSame(comparison, seen[(fill.Symbol, fill.TradeId)], fill);
            }
            else if (comparison.Ours.TryFind(fill.Symbol, fill.TradeId, out FillFact? booked))
            {
                CheckSame(comparison, booked, fill);
            }
            else
            {
                missed.Add(fill);
            }
        }

        return missed;
    }

    // The id of an order whose answer was lost is known to the venue's orders only.
    private static Dictionary<(string, VenueOrderId), string> OwnersShown(Comparison comparison)
    {
        Dictionary<(string, VenueOrderId), string> owners = [];
        foreach (OrderFact order in comparison.Theirs.Orders)
        {
            if (order.VenueId is { } id)
            {
                owners[(order.Symbol, id)] = order.ClientId;
            }
        }

        return owners;
    }

    private static void Take(Comparison comparison, FillFact fill)
    {
        if (!comparison.Draft.TryFind(fill.ClientId, out OrderFact? order))
        {
            if (comparison.HasDoubt(fill.Symbol))
            {
                // It may be of the very order whose answer was lost, which nobody has shown yet.
                comparison.Unsettle(fill.Symbol);
                comparison.Add(Named(DifferenceKind.ForeignFill, fill, new Resolution(ResolutionKind.LookAgain)));
                return;
            }

            // What is older than the first picture is in it.
            if (comparison.Ours.Baseline is { } baseline && fill.Time > baseline)
            {
                FillFact foreign = fill with { ClientId = "" };
                comparison.Add(Named(DifferenceKind.ForeignFill, fill, new Resolution(ResolutionKind.RecordForeign, new FillTold(comparison.Now, foreign))));
            }

            return;
        }

        // More than the order asked for: it happened, but no strategy ordered it. The account has it, and a person is told.
        decimal fresh = fill.Quantity - Math.Min(comparison.Draft.InferredOf(fill.ClientId), fill.Quantity);
        bool isBeyond = order.Quantity > 0 && order.Executed + fresh > order.Quantity;
        comparison.Add(isBeyond
            ? Named(DifferenceKind.ForeignFill, fill, new Resolution(ResolutionKind.RecordForeign, new FillTold(comparison.Now, AccountBook.Beyond(fill)), HaltsEntries: true))
            : Named(DifferenceKind.MissedFill, fill, new Resolution(ResolutionKind.AdoptFill, new FillTold(comparison.Now, fill))));
    }

    private static void CheckSame(Comparison comparison, FillFact booked, FillFact told)
    {
        if (!booked.Agrees(told))
        {
            string subject = $"fill {told.Symbol} {told.TradeId} {Words(told)}";
            Difference difference = new(DifferenceKind.ContradictingFill, told.Symbol, subject, Words(booked), Words(told), new Resolution(ResolutionKind.Report))
            {
                ClientId = booked.ClientId,
            };
            comparison.Tell(difference, halts: true);
        }
    }

    private static Difference Named(DifferenceKind kind, FillFact fill, Resolution resolution) =>
        new(kind, fill.Symbol, $"fill {fill.Symbol} {fill.TradeId}", "", Words(fill), resolution)
        {
            ClientId = fill.ClientId,
            Position = new PositionKey(fill.Symbol, fill.PositionSide),
        };

    private static string Words(FillFact fill) =>
        $"{(fill.Side == OrderSide.Buy ? "BUY" : "SELL")} {Comparison.Text(fill.Quantity)} @ {Comparison.Text(fill.Price)} of order {fill.OrderId}";
}

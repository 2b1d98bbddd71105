using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Conversions;

/// <summary>What the executions of an order have moved, to the last digit that the venue tells.</summary>
internal static class SpotSettlement
{
    /// <summary>True when the executions that came with an order are all that it had, with their fees.</summary>
    public static bool IsWhole(VenueOrder order) => order.Fills.All(static fill => fill.Fee is not null) && order.Fills.Sum(static fill => fill.Quantity) == order.Executed;

    /// <summary>What became of a conversion whose order has ended.</summary>
    /// <param name="order">The order, whole.</param>
    /// <param name="open">The conversion.</param>
    /// <param name="joint">The market.</param>
    public static ConversionResult Of(VenueOrder order, OpenConversion open, SpotJoint joint)
    {
        string words = FormattableString.Invariant($"order {order.ClientId} {order.RawStatus}");
        if (order.Executed == 0)
        {
            return ConversionAnswers.NotDone(RejectReason.Other, words + ": nothing was to be had at its price");
        }

        decimal value = order.Fills.Sum(static fill => fill.Quote);
        (decimal given, decimal taken) = joint.IsSale ? (order.Executed, value) : (value, order.Executed);
        Money[] fees = [.. order.Fills.Where(static fill => fill.Fee != 0 && fill.FeeAsset is not null).GroupBy(static fill => fill.FeeAsset!.Value).Select(static paid => new Money(paid.Sum(static fill => fill.Fee!.Value), paid.Key))];
        ConversionQuote settled = new()
        {
            Id = open.Id,
            Intent = open.Intent,
            From = open.From with { Amount = ExactDecimal.Trim(given + PaidIn(fees, open.From.Asset)) },
            To = open.To with { Amount = ExactDecimal.Trim(taken - PaidIn(fees, open.To.Asset)) },
            Rate = taken / given,
            Fees = fees,
            Expires = open.Expires,
        };
        string part = order.Executed < order.Quantity ? FormattableString.Invariant($", {ExactDecimal.Trim(order.Executed)} of {ExactDecimal.Trim(order.Quantity)} {joint.Base}") : "";
        return new ConversionResult(ConversionOutcome.Done, settled, RejectReason.None, words + part + FormattableString.Invariant($" at {ExactDecimal.Trim(decimal.Round(value / order.Executed, 8))}"));
    }

    private static decimal PaidIn(IEnumerable<Money> fees, Asset asset) => fees.Where(fee => fee.Asset == asset).Sum(static fee => fee.Amount);
}

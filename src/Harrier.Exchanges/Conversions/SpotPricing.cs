using Harrier.Domain;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Conversions;

/// <summary>What an order would have to look like to convert an amount at once.</summary>
/// <param name="Quantity">Its size in base currency, on the symbol's grid.</param>
/// <param name="Limit">Its limit price: the worst level that it needs.</param>
internal readonly record struct SpotOffer(decimal Quantity, decimal Limit);

/// <summary>
/// Prices a conversion from a book: the limit is the price of the last level that is needed, so that an order with it trades at once, and never at a worse price than it was
/// quoted with.
/// </summary>
internal static class SpotPricing
{
    /// <summary>The order that gives an amount.</summary>
    /// <param name="book">The book.</param>
    /// <param name="joint">Which market, and which side.</param>
    /// <param name="amount">What is given: of the base in a sale, of the quote in a purchase.</param>
    /// <returns>The order, whose size is 0 where the amount is less than a step; null where the book holds too little.</returns>
    public static SpotOffer? Of(BestLevels book, SpotJoint joint, decimal amount)
    {
        decimal reached = 0;
        foreach (HistoricalLevel level in joint.IsSale ? book.Bids : book.Asks)
        {
            reached += level.Quantity;
            decimal wanted = OrderFitting.Down(joint.IsSale ? amount : amount / level.Price, joint.Rules.StepSize);
            if (wanted <= reached)
            {
                return new SpotOffer(wanted, level.Price);
            }
        }

        return null;
    }
}

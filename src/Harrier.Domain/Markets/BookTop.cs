namespace Harrier.Domain;

/// <summary>The best bid and ask of an order book; a side without levels has price and size 0.</summary>
/// <param name="Bid">The highest bid.</param>
/// <param name="Ask">The lowest ask.</param>
public readonly record struct BookTop(BookLevel Bid, BookLevel Ask)
{
    /// <summary>True when both sides have a level.</summary>
    public bool IsTwoSided => Bid.Size.Value > 0 && Ask.Size.Value > 0;

    /// <summary>True when the best bid is at or above the best ask: no venue shows such a book outside of an auction.</summary>
    public bool IsCrossed => IsTwoSided && Bid.Price.Value >= Ask.Price.Value;

    /// <summary>Ticks between best bid and best ask; meaningful only when two-sided.</summary>
    public long SpreadTicks => Ask.Price.Value - Bid.Price.Value;

    /// <summary>(bid - ask) / (bid + ask) of the sizes at the best prices, -1..1; 0 for an empty book.</summary>
    public double Imbalance
    {
        get
        {
            double bid = Bid.Size.Value;
            double ask = Ask.Size.Value;
            return bid + ask > 0 ? (bid - ask) / (bid + ask) : 0;
        }
    }
}

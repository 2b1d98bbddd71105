using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>The indicative price of one asset in another.</summary>
/// <param name="Base">What is priced.</param>
/// <param name="Quote">What it is priced in.</param>
/// <param name="Bid">What the venue pays for one unit, above 0.</param>
/// <param name="Ask">What the venue asks for one unit, at least the bid.</param>
/// <param name="Time">When it was read.</param>
public sealed record ConversionRate(Asset Base, Asset Quote, decimal Bid, decimal Ask, Timestamp Time)
{
    /// <summary>Between bid and ask.</summary>
    public decimal Mid => Bid + ((Ask - Bid) / 2);
}

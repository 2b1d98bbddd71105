using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>What the bot sees when it looks.</summary>
/// <param name="Now">When.</param>
/// <param name="Quotes">Quotes of the pairs that are due, and of as many others as are known: they open more routes.</param>
/// <param name="Holdings">What is held and free, an asset once.</param>
public sealed record PortfolioMoment(Timestamp Now, IReadOnlyList<PairQuote> Quotes, IReadOnlyList<Money> Holdings);

/// <summary>What one look came to.</summary>
/// <param name="Iteration">The number of the look, from 0.</param>
/// <param name="Opportunities">Every conversion considered: those that pass first, then those refused, each by score, the best first.</param>
/// <param name="Graph">The quotes as a graph, for values and routes.</param>
public sealed record PortfolioLook(long Iteration, IReadOnlyList<TradeOpportunity> Opportunities, RateGraph Graph)
{
    /// <summary>The opportunity to trade; null for none.</summary>
    public TradeOpportunity? Best => Opportunities is [{ Passes: true } first, ..] ? first : null;

    /// <summary>The best that pass, at most some.</summary>
    public IReadOnlyList<TradeOpportunity> Top(int count) => [.. Opportunities.TakeWhile(opportunity => opportunity.Passes).Take(count)];
}

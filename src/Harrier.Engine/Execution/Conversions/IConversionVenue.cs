using Harrier.Domain;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Execution;

/// <summary>
/// A place that converts one asset into another at a price it quotes and keeps for a while: no book, no limit orders. It is called from outside the
/// engine's thread; what became of a conversion enters the engine as a <see cref="ConversionReport"/>. No call throws for what a venue does.
/// </summary>
public interface IConversionVenue
{
    /// <summary>Asks for a binding price. Nothing moves, and a quote that is not committed lapses by itself.</summary>
    Task<ConversionAnswer<ConversionQuote>> QuoteAsync(ConversionRequest request, CancellationToken cancellation);

    /// <summary>
    /// Carries out a quote that the risk gate let through. It is sent at most once; where the answer is lost the venue is asked, by reading alone, until it
    /// is known or time is up.
    /// </summary>
    Task<ConversionResult> CommitAsync(ApprovedConversion conversion, CancellationToken cancellation);

    /// <summary>Finds out what became of a conversion that may have been committed, after a restart or an unknown outcome. Sends nothing but reads.</summary>
    Task<ConversionResult> ResolveAsync(OpenConversion conversion, CancellationToken cancellation);

    /// <summary>What the account holds, one row per asset.</summary>
    Task<ConversionAnswer<IReadOnlyList<Holding>>> HoldingsAsync(CancellationToken cancellation);

    /// <summary>The indicative price of an asset in another; binding prices come from quotes alone.</summary>
    Task<ConversionAnswer<ConversionRate>> RateAsync(Asset from, Asset to, CancellationToken cancellation);
}

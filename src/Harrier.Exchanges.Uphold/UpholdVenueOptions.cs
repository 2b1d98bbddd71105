using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Uphold;

/// <summary>How an account converts.</summary>
public sealed record UpholdVenueOptions
{
    /// <summary>How prices are kept.</summary>
    public RateCacheOptions Rates { get; init; } = new();

    /// <summary>With less than this left of a quote it is not committed any more.</summary>
    /// <value>One second.</value>
    public TimeSpan CommitMargin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a card is made for an asset that is converted into and has none.</summary>
    /// <value>True.</value>
    public bool MakesCards { get; init; } = true;

    /// <summary>The longest time for one attempt at a call.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Changes when to ask for commits whose answer was lost; what is given has the quiet time that follows from the quote's life.
    /// </summary>
    public Func<UnknownOutcomeOptions, UnknownOutcomeOptions> Unknown { get; init; } = static options => options;

    /// <summary>Compares cards with the engine's books, to prove that a lost commit moved nothing; null compares nothing.</summary>
    public Func<CancellationToken, Task<bool?>>? AccountAgrees { get; init; }
}

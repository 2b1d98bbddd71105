using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Uphold;

/// <summary>What an account at the venue is made of.</summary>
public sealed record UpholdVenueOptions
{
    /// <summary>Where it is reached; there is no default, because a mistake would cost real money.</summary>
    public required UpholdEndpoints Endpoints { get; init; }

    /// <summary>Who calls.</summary>
    public required UpholdAuthorization Authorization { get; init; }

    /// <summary>How prices are kept.</summary>
    public RateCacheOptions Rates { get; init; } = new();

    /// <summary>With less than this left of a quote it is not committed any more.</summary>
    /// <value>One second.</value>
    public TimeSpan CommitMargin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a card is made for an asset that is converted into and has none.</summary>
    /// <value>True.</value>
    public bool MakesCards { get; init; } = true;

    /// <summary>
    /// Changes when to ask for commits whose answer was lost; what is given has the quiet time that follows from the quote's life.
    /// </summary>
    public Func<UnknownOutcomeOptions, UnknownOutcomeOptions> Unknown { get; init; } = static options => options;

    /// <summary>Compares cards with the engine's books, to prove that a lost commit moved nothing; null compares nothing.</summary>
    public Func<CancellationToken, Task<bool?>>? AccountAgrees { get; init; }

    /// <summary>How calls are made; the address is that of <see cref="Endpoints"/>.</summary>
    public Func<RestClientOptions, RestClientOptions> Tune { get; init; } = static options => options;

    /// <summary>What other processes of this machine use of the venue's limits; null where they are nobody else's.</summary>
    public MachineLedger? Ledger { get; init; }

    /// <summary>A seeded source of numbers from 0 to 1 for the jitter of waits; safe to call from any thread.</summary>
    public required Func<double> Jitter { get; init; }
}

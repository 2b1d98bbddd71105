using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>How one intent of unknown outcome is asked for at its venue. None of these may send anything but reads.</summary>
/// <typeparam name="T">The venue's order, or whatever the intent makes.</typeparam>
public sealed record UnknownOutcomeQueries<T>
    where T : class
{
    /// <summary>Asks by our own id, first as a single query and then among the open ones.</summary>
    public required Func<CancellationToken, Task<(Sighting Seen, T? Order)>> ById { get; init; }

    /// <summary>Looks for fills of our id since it was sent.</summary>
    public required Func<CancellationToken, Task<Sighting>> Fills { get; init; }

    /// <summary>Compares position and balances with our books: true when they are equal, null without an answer.</summary>
    public required Func<CancellationToken, Task<bool?>> AccountAgrees { get; init; }

    /// <summary>Since when the account's stream has been sound without a break; null while it is not.</summary>
    public required Func<Timestamp?> StreamSoundSince { get; init; }
}

using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>What came of a request, for the budget to learn from.</summary>
/// <param name="Status">The HTTP status, or 0 when there was no answer.</param>
/// <param name="Kind">The class of failure, or <see cref="VenueErrorKind.None"/>.</param>
public readonly record struct RequestFeedback(int Status, VenueErrorKind Kind)
{
    /// <summary>What the answer's headers say is used of each rule now; null when they say nothing.</summary>
    public IReadOnlyCollection<(string Rule, int Used)>? Used { get; init; }

    /// <summary>How long the venue wants to be left alone, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The rule the venue says was exceeded; null when it named none.</summary>
    public string? LimitedRule { get; init; }

    /// <summary>The venue's time at the answer, as near as known; it tells which of the venue's windows <see cref="Used"/> speaks of.</summary>
    public Timestamp? VenueTime { get; init; }
}

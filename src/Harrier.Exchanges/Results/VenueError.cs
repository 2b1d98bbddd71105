namespace Harrier.Exchanges.Results;

/// <summary>Why a call to a venue failed, and what that says about its effect.</summary>
/// <param name="Kind">The class of the failure.</param>
/// <param name="Outcome">What is known about the call's effect; never <see cref="Outcome.Done"/> unless the venue said so.</param>
/// <param name="NativeCode">The venue's own code, or the HTTP status where it gave none, or 0.</param>
/// <param name="Message">One line for people; never holds a secret, a signature or a query.</param>
public sealed record VenueError(VenueErrorKind Kind, Outcome Outcome, int NativeCode, string Message)
{
    /// <summary>How long the venue wants to be left alone, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The filter or field that refused, where the venue named one.</summary>
    public string? Filter { get; init; }

    /// <summary>The budget rule that was exceeded, where the venue named one; null means all that the call spent from.</summary>
    public string? LimitedRule { get; init; }
}

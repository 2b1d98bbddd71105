namespace Harrier.Engine.History;

/// <summary>The closed set of reasons why a venue tells nothing of its past.</summary>
public enum HistoryFaultKind : byte
{
    /// <summary>The venue does not list the symbol, or no longer.</summary>
    UnknownSymbol = 0,

    /// <summary>The venue makes no bars of this length.</summary>
    UnknownInterval = 1,

    /// <summary>The venue has no such data, or not this far back.</summary>
    NotSupported = 2,

    /// <summary>The venue or the request budget said no: limits, a ban, a parameter. Where waiting helps, <see cref="HistoryFault.RetryAfter"/> says how long.</summary>
    Refused = 3,

    /// <summary>No connection, no answer in time, or a venue that is down.</summary>
    Unreachable = 4,

    /// <summary>An answer that cannot be believed: cut, of another shape, off the grid, or contradicting itself.</summary>
    Malformed = 5,
}

/// <summary>Why there is no answer.</summary>
/// <param name="Kind">The class of the failure.</param>
/// <param name="Message">One line for people, without secrets.</param>
/// <param name="RetryAfter">How long the venue wants to be left alone; null where it did not say.</param>
public sealed record HistoryFault(HistoryFaultKind Kind, string Message, TimeSpan? RetryAfter = null);

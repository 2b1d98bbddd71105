namespace Harrier.Exchanges.Results;

/// <summary>The closed set of ways a call to a venue fails; each venue maps its own codes to it.</summary>
public enum VenueErrorKind : byte
{
    /// <summary>No failure.</summary>
    None,

    /// <summary>No connection, or one that was cut.</summary>
    Network,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The venue is closed for maintenance.</summary>
    Maintenance,

    /// <summary>The venue refused because it is busy.</summary>
    Overloaded,

    /// <summary>Too many requests or orders in a window.</summary>
    RateLimited,

    /// <summary>Shut out for a time, by the venue or its firewall.</summary>
    Banned,

    /// <summary>Unknown key or wrong signature.</summary>
    Authentication,

    /// <summary>The key may not do this.</summary>
    Permission,

    /// <summary>The call's time is outside of what the venue accepts.</summary>
    ClockSkew,

    /// <summary>A parameter is missing, unknown or unreadable.</summary>
    BadRequest,

    /// <summary>An order breaks a filter or a rule of the instrument.</summary>
    InvalidOrder,

    /// <summary>The venue has no such instrument.</summary>
    UnknownSymbol,

    /// <summary>Not enough balance or margin.</summary>
    InsufficientFunds,

    /// <summary>The venue does not know the order, now.</summary>
    OrderNotFound,

    /// <summary>The client order id is taken: perhaps by the same order.</summary>
    DuplicateOrder,

    /// <summary>A maker-only order would have traded at once.</summary>
    PostOnlyWouldTake,

    /// <summary>A stop would have triggered at once.</summary>
    WouldTriggerImmediately,

    /// <summary>A reduce-only order has nothing to reduce.</summary>
    ReduceOnlyRejected,

    /// <summary>The asked state already holds.</summary>
    AlreadySo,

    /// <summary>The instrument does not trade at present.</summary>
    MarketClosed,

    /// <summary>The venue, or this kind of account, lacks the feature.</summary>
    NotSupported,

    /// <summary>The answer could not be read.</summary>
    Malformed,

    /// <summary>Refused by the request budget or the circuit breaker before anything was sent.</summary>
    RefusedLocally,

    /// <summary>A code that is not in the venue's table.</summary>
    Unknown,

    /// <summary>The account's owner must confirm the call with a one-time password.</summary>
    PasswordRequired,
}

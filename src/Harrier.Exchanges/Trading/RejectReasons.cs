using Harrier.Engine.Execution;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>The engine's words for the reasons of a venue.</summary>
public static class RejectReasons
{
    /// <summary>For a call that certainly did nothing.</summary>
    public static RejectReason Of(VenueErrorKind kind) => kind switch
    {
        VenueErrorKind.InsufficientFunds => RejectReason.InsufficientBalance,
        VenueErrorKind.PostOnlyWouldTake => RejectReason.PostOnlyWouldTake,
        VenueErrorKind.ReduceOnlyRejected => RejectReason.NothingToReduce,
        VenueErrorKind.InvalidOrder or VenueErrorKind.BadRequest or VenueErrorKind.UnknownSymbol => RejectReason.InvalidOrder,
        VenueErrorKind.WouldTriggerImmediately => RejectReason.WouldTrigger,
        VenueErrorKind.MarketClosed => RejectReason.MarketClosed,
        VenueErrorKind.NotSupported or VenueErrorKind.Permission or VenueErrorKind.Authentication => RejectReason.NotSupported,
        VenueErrorKind.RateLimited or VenueErrorKind.Banned or VenueErrorKind.Overloaded or VenueErrorKind.RefusedLocally => RejectReason.Throttled,
        VenueErrorKind.PasswordRequired => RejectReason.PasswordRequired,
        VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Maintenance => RejectReason.Unreachable,
        _ => RejectReason.Other,
    };

    /// <summary>For the words of an order event.</summary>
    internal static RejectReason Of(string words) =>
        Holds(words, "insufficient") || Holds(words, "margin") ? RejectReason.InsufficientBalance
        : Holds(words, "trigger") ? RejectReason.WouldTrigger
        : Holds(words, "match") || Holds(words, "PostOnly") ? RejectReason.PostOnlyWouldTake
        : Holds(words, "reduce") ? RejectReason.NothingToReduce
        : RejectReason.Other;

    private static bool Holds(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
}

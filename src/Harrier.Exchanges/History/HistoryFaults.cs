using Harrier.Engine.History;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.History;

/// <summary>Failures of calls as failures of asking for the past.</summary>
public static class HistoryFaults
{
    private const int FirstServerError = 500;

    /// <summary>The failure in the port's words.</summary>
    public static HistoryFault Of(VenueError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        HistoryFaultKind kind = error.Kind switch
        {
            VenueErrorKind.UnknownSymbol => HistoryFaultKind.UnknownSymbol,
            VenueErrorKind.NotSupported => HistoryFaultKind.NotSupported,
            VenueErrorKind.Malformed => HistoryFaultKind.Malformed,
            VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Overloaded or VenueErrorKind.Maintenance => HistoryFaultKind.Unreachable,
            VenueErrorKind.Unknown when error.NativeCode >= FirstServerError => HistoryFaultKind.Unreachable,
            _ => HistoryFaultKind.Refused,
        };
        return new HistoryFault(kind, error.Message, error.RetryAfter);
    }

    /// <summary>What a call answered, in the port's words.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    public static HistoryAnswer<T> Answer<T>(VenueResult<T> result)
        where T : notnull => result.IsOk ? HistoryAnswer<T>.Of(result.Value) : HistoryAnswer<T>.Failed(Of(result.Error));

    /// <summary>An answer that must not be believed.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    public static HistoryAnswer<T> Malformed<T>(string message)
        where T : notnull => HistoryAnswer<T>.Failed(HistoryFaultKind.Malformed, message);
}

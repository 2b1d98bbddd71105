using Harrier.Engine.Execution;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Conversions;

/// <summary>What places that convert answer, in the engine's words.</summary>
public static class ConversionAnswers
{
    /// <summary>A value.</summary>
    public static ConversionAnswer<T> Of<T>(T value)
        where T : class => new(value, RejectReason.None, "");

    /// <summary>A call that failed: there is no value, and nothing moved.</summary>
    public static ConversionAnswer<T> Refused<T>(VenueError error)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(error);
        return new ConversionAnswer<T>(null, RejectReasons.Of(error.Kind), error.Message);
    }

    /// <summary>Nothing moved, and nothing will.</summary>
    public static ConversionResult NotDone(RejectReason reason, string detail) => new(ConversionOutcome.NotDone, null, reason, detail);

    /// <summary>It may have moved.</summary>
    public static ConversionResult Unknown(string detail) => new(ConversionOutcome.Unknown, null, RejectReason.None, detail);
}

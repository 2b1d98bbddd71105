using System.Diagnostics;

namespace Harrier.Hosting.Telemetry;

/// <summary>Where spans of a run come from. Where nobody listens, none is made.</summary>
public static class Tracing
{
    /// <summary>Name of the source.</summary>
    public const string Name = "Harrier";

    /// <summary>The source.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Says that what a span stands for failed.</summary>
    /// <param name="span">The span; null where nobody listens.</param>
    /// <param name="why">Why.</param>
    public static void Fail(this Activity? span, string why) => span?.SetStatus(ActivityStatusCode.Error, why);
}

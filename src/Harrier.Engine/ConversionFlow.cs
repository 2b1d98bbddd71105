using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Engine;

/// <summary>The way of a conversion through the engine: gate, funds held back, end booked. It follows from inputs alone, so that a replay goes the same way.</summary>
internal static class ConversionFlow
{
    public static ConversionDecision Apply(EngineParts parts, in ConversionReport report)
    {
        if (report.Stage != ConversionStage.Requested)
        {
            if (parts.Conversions.End(in report))
            {
                Decided(parts, in report);
            }

            return default;
        }

        // The same request again is not let through again: its commit may have left.
        DenyReason denied = parts.Conversions.Knows(report.Id) ? new DenyReason(DenyRule.Repeated, 0, 0) : parts.Risk.Review(in report);
        if (denied.Rule != DenyRule.None)
        {
            parts.Conversions.Ignore();
            return new ConversionDecision(null, denied);
        }

        Decided(parts, in report);
        return new ConversionDecision(new ApprovedConversion(parts.Conversions.Register(in report)), default);
    }

    private static void Decided(EngineParts parts, in ConversionReport report)
    {
        parts.Decisions.Add((long)report.Stage);
        parts.Decisions.Add(unchecked((long)report.Id.High));
        parts.Decisions.Add(unchecked((long)report.Id.Low));
        parts.Decisions.Add(report.Time.Nanos);
    }
}

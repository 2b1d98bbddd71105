using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>How the delta of a bar is found.</summary>
public sealed record DeltaSettings
{
    /// <summary>The series the bars belong to: tells to which bar a trade belongs.</summary>
    /// <value>Null: trades are not taken.</value>
    public BarSpec? Bars { get; init; }

    /// <summary>One lot in base currency: sizes of trades are in lots.</summary>
    /// <value>1.</value>
    public double LotSize { get; init; } = 1;

    /// <summary>The tape stands for a bar when its volume differs from the bar's by at most this fraction of it.</summary>
    /// <value>0.1.</value>
    public double TapeTolerance { get; init; } = 0.1;

    /// <summary>Time of day at which a session starts, in UTC.</summary>
    /// <value>Midnight.</value>
    public TimeSpan SessionStart { get; init; }

    /// <summary>Added to high less low in the estimate, in quote currency. The public implementation adds 0.0001, which spoils coins of small price.</summary>
    /// <value>0.</value>
    public double RangeGuard { get; init; }

    internal long SessionOf(Timestamp time) => new Timestamp(time.Nanos - (SessionStart.Ticks * 100)).UtcDay;
}

using Harrier.Domain;
using Harrier.Features.Indicators;

namespace Harrier.Features.OrderFlow;

/// <summary>How a footprint is made and read.</summary>
public sealed record FootprintSettings
{
    /// <summary>The series the footprints belong to: tells to which bar a trade belongs.</summary>
    public required BarSpec Bars { get; init; }

    /// <summary>Ticks of one row.</summary>
    /// <value>1.</value>
    public long TicksPerRow { get; init; } = 1;

    /// <summary>Rows of a bar; when it spans more, rows double in height until it fits.</summary>
    /// <value>8192.</value>
    public int MaxRows { get; init; } = 8192;

    /// <summary>Buys of a row over sells of the row below, or sells of a row over buys of the row above, from which the row is an imbalance.</summary>
    /// <value>3.</value>
    public double ImbalanceRatio { get; init; } = 3;

    /// <summary>Lots that the larger side of an imbalance holds at least.</summary>
    /// <value>1.</value>
    public long ImbalanceMinLots { get; init; } = 1;

    /// <summary>Rows of one side that follow each other to be stacked.</summary>
    /// <value>3.</value>
    public int StackedRows { get; init; } = 3;

    /// <summary>Delta of the extreme row over the delta of the strongest row below which takers are exhausted.</summary>
    /// <value>0.25.</value>
    public double ExhaustionShare { get; init; } = 0.25;

    internal FootprintSettings Checked()
    {
        IndicatorParameterException.RequirePositive(TicksPerRow);
        IndicatorParameterException.RequirePeriod(MaxRows, 2);
        IndicatorParameterException.RequirePositive(ImbalanceRatio);
        IndicatorParameterException.RequirePositive(ImbalanceMinLots);
        IndicatorParameterException.RequirePeriod(StackedRows);
        return this;
    }
}

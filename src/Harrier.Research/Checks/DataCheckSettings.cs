using Harrier.Features.Bars;

namespace Harrier.Research.Checks;

/// <summary>When a data check fails. The defaults pass the recorded history of the large venues, exchange outages included.</summary>
public sealed record DataCheckSettings
{
    /// <summary>Largest share of missing bars that still passes, as a fraction.</summary>
    /// <value>0.005: an exchange that is down 44 hours a year.</value>
    public double MaxMissingShare { get; init; } = 0.005;

    /// <summary>What makes a price an outlier.</summary>
    public OutlierRule Outliers { get; init; } = new();
}

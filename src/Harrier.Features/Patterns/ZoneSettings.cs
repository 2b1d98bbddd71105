using Harrier.Features.Indicators;

namespace Harrier.Features.Patterns;

/// <summary>How supply and demand zones are found.</summary>
public sealed record ZoneSettings
{
    /// <summary>Bars of a base, at most.</summary>
    /// <value>4.</value>
    public int MaxBaseBars { get; init; } = 4;

    /// <summary>Body over range up to which a bar belongs to a base, and above which it is a leg.</summary>
    /// <value>0.5.</value>
    public double BaseBodyShare { get; init; } = 0.5;

    /// <summary>How far the leg-out goes beyond the proximal edge at least, in heights of the zone.</summary>
    /// <value>2.</value>
    public double MinDeparture { get; init; } = 2;

    /// <summary>Bars before the leg-out whose mean volume it is compared with.</summary>
    /// <value>20.</value>
    public int VolumeBars { get; init; } = 20;

    /// <summary>Zones that are followed; of more, the oldest is forgotten.</summary>
    /// <value>64.</value>
    public int MaxZones { get; init; } = 64;

    internal int Kept => Math.Max(MaxBaseBars + 2, VolumeBars + 1);

    internal ZoneSettings Checked()
    {
        IndicatorParameterException.RequirePeriod(MaxBaseBars);
        IndicatorParameterException.RequirePositive(BaseBodyShare);
        IndicatorParameterException.RequirePositive(MinDeparture);
        IndicatorParameterException.RequirePeriod(VolumeBars);
        IndicatorParameterException.RequirePeriod(MaxZones);
        return this;
    }
}

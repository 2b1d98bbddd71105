using Harrier.Domain;

namespace Harrier.Features.Patterns;

/// <summary>A price range that the market left in a hurry.</summary>
public readonly record struct Zone
{
    /// <summary>The edge nearest to the price: of a demand zone the highest body of the base, of a supply zone the lowest.</summary>
    public required double Proximal { get; init; }

    /// <summary>The far edge: of a demand zone the lowest low of leg-in, base and leg-out, of a supply zone the highest high.</summary>
    public required double Distal { get; init; }

    /// <summary>How far the leg-out went beyond the proximal edge, in heights of the zone.</summary>
    public required double Departure { get; init; }

    /// <summary>Volume of the leg-out over the mean volume of the bars before it; NaN with too few of them.</summary>
    public required double VolumeRatio { get; init; }

    /// <summary>Start of the first bar of the base.</summary>
    public required Timestamp BaseTime { get; init; }

    /// <summary>When the leg-out was complete.</summary>
    public required Timestamp KnownAt { get; init; }

    /// <summary>Number of the first bar of the base.</summary>
    public required int BaseIndex { get; init; }

    /// <summary>Bars of the base.</summary>
    public required int BaseBars { get; init; }

    /// <summary>Number of the leg-out.</summary>
    public required int KnownIndex { get; init; }

    /// <summary>How often the price came back into the zone; bars that follow each other count once.</summary>
    public int Touches { get; init; }

    /// <summary>Demand or supply.</summary>
    public required ZoneKind Kind { get; init; }

    /// <summary>How it was made.</summary>
    public required ZonePattern Pattern { get; init; }

    /// <summary>True until the price comes back.</summary>
    public bool IsFresh => Touches == 0;

    /// <summary>Distance between the edges.</summary>
    public double Height => Math.Abs(Proximal - Distal);
}

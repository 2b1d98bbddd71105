using Harrier.Domain;

namespace Harrier.Features.Patterns;

/// <summary>What happened in a structure.</summary>
public enum WyckoffEventKind
{
    /// <summary>PS, in a distribution PSY: heavy trading before the climax.</summary>
    PreliminarySupport,

    /// <summary>SC, in a distribution BC.</summary>
    Climax,

    /// <summary>AR: the automatic rally, in a distribution the automatic reaction.</summary>
    AutomaticRally,

    /// <summary>ST.</summary>
    SecondaryTest,

    /// <summary>SPRING, in a distribution UTAD: beyond the edge of the range, and back.</summary>
    Spring,

    /// <summary>TEST of the spring on little volume.</summary>
    Test,

    /// <summary>SOS, in a distribution SOW.</summary>
    SignOfStrength,

    /// <summary>LPS, in a distribution LPSY.</summary>
    LastPointOfSupport,

    /// <summary>COMPLETED: the target was reached.</summary>
    Completed,

    /// <summary>INVALIDATED: the structure failed and is given up.</summary>
    Invalidated,
}

/// <summary>Something that happened in a structure.</summary>
/// <param name="Price">The price that makes it: the low of a climax, the high of a rally, in quote currency.</param>
/// <param name="Time">Start of its bar.</param>
/// <param name="KnownAt">When the bar was complete that revealed it: no decision before.</param>
/// <param name="Index">Number of its bar.</param>
/// <param name="KnownIndex">Number of the bar that revealed it.</param>
/// <param name="Structure">Number of the structure within its schematic, from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Schematic">In which structure.</param>
/// <param name="Phase">Phase of the structure after it.</param>
public readonly record struct WyckoffEvent(
    double Price,
    Timestamp Time,
    Timestamp KnownAt,
    int Index,
    int KnownIndex,
    int Structure,
    WyckoffEventKind Kind,
    WyckoffSchematic Schematic,
    WyckoffPhase Phase)
{
    /// <summary>The name in the literature: SC, SPRING, UTAD.</summary>
    public string Code => (Kind, Schematic) switch
    {
        (WyckoffEventKind.PreliminarySupport, WyckoffSchematic.Accumulation) => "PS",
        (WyckoffEventKind.PreliminarySupport, _) => "PSY",
        (WyckoffEventKind.Climax, WyckoffSchematic.Accumulation) => "SC",
        (WyckoffEventKind.Climax, _) => "BC",
        (WyckoffEventKind.AutomaticRally, _) => "AR",
        (WyckoffEventKind.SecondaryTest, _) => "ST",
        (WyckoffEventKind.Spring, WyckoffSchematic.Accumulation) => "SPRING",
        (WyckoffEventKind.Spring, _) => "UTAD",
        (WyckoffEventKind.Test, _) => "TEST",
        (WyckoffEventKind.SignOfStrength, WyckoffSchematic.Accumulation) => "SOS",
        (WyckoffEventKind.SignOfStrength, _) => "SOW",
        (WyckoffEventKind.LastPointOfSupport, WyckoffSchematic.Accumulation) => "LPS",
        (WyckoffEventKind.LastPointOfSupport, _) => "LPSY",
        (WyckoffEventKind.Completed, _) => "COMPLETED",
        _ => "INVALIDATED",
    };
}

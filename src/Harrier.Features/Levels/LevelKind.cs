namespace Harrier.Features.Levels;

/// <summary>From which side a level holds the price.</summary>
public enum LevelKind : byte
{
    /// <summary>A price below which lows did not go.</summary>
    Support,

    /// <summary>A price above which highs did not go.</summary>
    Resistance,
}

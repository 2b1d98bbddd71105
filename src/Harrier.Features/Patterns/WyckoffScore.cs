namespace Harrier.Features.Patterns;

/// <summary>How much a structure is worth, from 0 to 100.</summary>
public static class WyckoffScore
{
    private const double MaxScore = 100;

    /// <summary>
    /// Climax 15, automatic rally 10, spring 25, its confirmation by a test or a sign of strength 20, a fifth of the institutional score, and 10 for
    /// three or more bars of high volume.
    /// </summary>
    /// <param name="parts">What the structure has shown.</param>
    /// <param name="institutional">0 to 100.</param>
    /// <param name="spikes">Bars of at least one and a half times the mean volume.</param>
    public static double Strength(WyckoffParts parts, double institutional, long spikes) => Math.Min(
        MaxScore,
        (parts.HasFlag(WyckoffParts.Climax) ? 15 : 0)
        + (parts.HasFlag(WyckoffParts.Rally) ? 10 : 0)
        + (parts.HasFlag(WyckoffParts.Spring) ? 25 : 0)
        + (parts.HasFlag(WyckoffParts.Confirmation) ? 20 : 0)
        + (0.2 * institutional)
        + (spikes >= 3 ? 10 : 0));

    /// <summary>min(100, 1.2 * strength) as a fraction, 0 to 1.</summary>
    public static double Confidence(double strength) => Math.Min(MaxScore, 1.2 * strength) / MaxScore;
}

/// <summary>Parts of a structure that count for its strength.</summary>
[Flags]
public enum WyckoffParts
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>A climax.</summary>
    Climax = 1,

    /// <summary>An automatic rally.</summary>
    Rally = 2,

    /// <summary>A spring.</summary>
    Spring = 4,

    /// <summary>A test of the spring, or strength after it.</summary>
    Confirmation = 8,
}

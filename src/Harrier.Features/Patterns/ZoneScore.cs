using Harrier.Domain;

namespace Harrier.Features.Patterns;

/// <summary>What else speaks for a zone; a zone knows nothing of it by itself.</summary>
/// <param name="Confluences">Things that lie at the zone: levels, round numbers, a point of control.</param>
/// <param name="Institutional">Signs of large traders, 0 to 100.</param>
/// <param name="HasStrongFlow">Whether the flow of orders points away from the zone.</param>
/// <param name="Timeframes">Higher intervals that have a zone of the same kind there.</param>
public readonly record struct ZoneContext(int Confluences = 0, double Institutional = 0, bool HasStrongFlow = false, int Timeframes = 0);

/// <summary>How much a zone is worth, 0 to 100 (guide 002).</summary>
public static class ZoneScore
{
    private const double MaxAgeHours = 168;
    private const double NanosPerHour = 3600.0 * Timestamp.NanosPerSecond;

    /// <summary>min(40, 13.33 * departure in heights) + min(30, 15 * volume ratio) + min(30, 6 * confluences), 0 to 100.</summary>
    /// <param name="departure">How far the price left, in heights of the zone.</param>
    /// <param name="volumeRatio">Volume of the leg-out over the mean; NaN counts as 0.</param>
    /// <param name="confluences">Things that lie at the zone.</param>
    public static double Strength(double departure, double volumeRatio, int confluences) =>
        Math.Min(40, 13.33 * departure) + Math.Min(30, double.IsNaN(volumeRatio) ? 0 : 15 * volumeRatio) + Math.Min(30, 6 * confluences);

    /// <summary>
    /// The strength, in this order: times 1.2 while fresh, plus 0.3 of the institutional score, times 1.15 with strong flow, plus 5 for each higher
    /// interval, times 0.8 after 168 hours, less 10 for each touch; 0 to 100.
    /// </summary>
    /// <param name="zone">The zone.</param>
    /// <param name="now">The present; age counts from when the zone was known.</param>
    /// <param name="context">What else speaks for it.</param>
    public static double Of(in Zone zone, Timestamp now, ZoneContext context = default)
    {
        double score = Strength(zone.Departure, zone.VolumeRatio, context.Confluences);
        score *= zone.IsFresh ? 1.2 : 1;
        score += 0.3 * context.Institutional;
        score *= context.HasStrongFlow ? 1.15 : 1;
        score += 5 * context.Timeframes;
        score *= (now.Nanos - zone.KnownAt.Nanos) / NanosPerHour > MaxAgeHours ? 0.8 : 1;
        return Math.Clamp(score - (10 * zone.Touches), 0, 100);
    }
}

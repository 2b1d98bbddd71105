namespace Harrier.Strategies;

/// <summary>How long a recursive average remembers where it started.</summary>
internal static class SeedWeight
{
    private const double Negligible = 1e-6;

    /// <summary>
    /// Bars after the first output until the seed's weight (1 - k)^m is at most a millionth, with k = 2/(n+1): 139 for n = 20.
    /// </summary>
    public static int BarsToForget(int exponentialPeriod) => BarsToForget(2.0 / (exponentialPeriod + 1));

    /// <summary>The same for any weight k of the newest value, in (0, 1].</summary>
    public static int BarsToForget(double weight) => (int)Math.Ceiling(Math.Log(Negligible) / Math.Log(1 - weight));
}

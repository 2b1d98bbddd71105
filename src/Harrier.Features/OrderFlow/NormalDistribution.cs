namespace Harrier.Features.OrderFlow;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double SqrtTwoPi = 2.5066282746310002;

    /// <summary>
    /// Probability of a value of at most z: near 0 by the series z + z^3/3 + z^5/15 ... times the density, far out by the continued fraction of
    /// Mills' ratio (Marsaglia, 2004, and Abramowitz and Stegun 26.2.14); absolute error below 1e-14.
    /// </summary>
    public static double Cumulative(double z)
    {
        double size = Math.Abs(z);
        double density = Math.Exp(-0.5 * size * size) / SqrtTwoPi;
        double upper = size < 4 ? 0.5 - (density * Series(size)) : density * MillsRatio(size);
        return z > 0 ? 1 - upper : upper;
    }

    private static double Series(double z)
    {
        double term = z;
        double sum = z;
        for (int i = 3; term > 1e-17 * sum; i += 2)
        {
            term *= z * z / i;
            sum += term;
        }

        return sum;
    }

    private static double MillsRatio(double z)
    {
        double fraction = z;
        for (int i = 60; i > 0; i--)
        {
            fraction = z + (i / fraction);
        }

        return 1 / fraction;
    }
}

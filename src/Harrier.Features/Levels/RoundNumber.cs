namespace Harrier.Features.Levels;

/// <summary>
/// How round a price is. Steps follow the size of the price: with m the power of ten at or below it, the multiples of m, m/2, m/4 and m/10, as
/// long as a step holds at least ten ticks. A price is round when it lies within the tolerance of such a multiple: 50000 is, 50123.45 is not.
/// </summary>
/// <param name="IsRound">Whether it is.</param>
/// <param name="Step">The largest step it is a multiple of, in quote currency; 0 when it is not round.</param>
/// <param name="Bonus">0 to 0.2: full for multiples of m, three quarters for m/2, five eighths for m/4, half for m/10; at the edge of the
/// tolerance half of that. 0 when it is not round.</param>
public readonly record struct RoundNumber(bool IsRound, double Step, double Bonus)
{
    /// <summary>Ticks that a step holds at least: on a grid of ten prices every price would be round.</summary>
    public const int MinTicksPerStep = 10;

    private const double BestBonus = 0.2;
    private const double BasisPoint = 1e-4;

    private static ReadOnlySpan<double> Shares => [1, 0.5, 0.25, 0.1];

    private static ReadOnlySpan<double> Weights => [1, 0.75, 0.625, 0.5];

    /// <summary>Looks at a price.</summary>
    /// <param name="price">In quote currency.</param>
    /// <param name="tickSize">The instrument's price step; 0 when it is not known.</param>
    /// <param name="toleranceBps">How far it may lie from a multiple, in basis points of the price; never less than half a tick.</param>
    public static RoundNumber Of(double price, double tickSize, double toleranceBps = 2)
    {
        if (!(price > 0) || !double.IsFinite(price))
        {
            return default;
        }

        double magnitude = PowerOfTen(price);
        double tolerance = Math.Max(price * toleranceBps * BasisPoint, tickSize / 2);
        for (int i = 0; i < Shares.Length; i++)
        {
            double step = magnitude * Shares[i];
            double distance = Math.Abs(price - (Math.Round(price / step) * step));

            // Rounding of the last bits must not make a difference at the edge.
            if (distance <= tolerance + (1e-12 * price) && step >= MinTicksPerStep * tickSize)
            {
                double closeness = tolerance > 0 ? 1 - (0.5 * Math.Min(1, distance / tolerance)) : 1;
                return new RoundNumber(true, step, BestBonus * Weights[i] * closeness);
            }
        }

        return default;
    }

    // Log10 alone may land on the wrong side of a power of ten by its last bit.
    private static double PowerOfTen(double price)
    {
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(price)));
        return magnitude > price ? magnitude / 10 : magnitude * 10 <= price ? magnitude * 10 : magnitude;
    }
}

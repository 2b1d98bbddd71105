namespace Harrier.Features.OrderFlow;

/// <summary>
/// A guess at a bar's delta from its prices: 0.4 A + 0.4 B + 0.2 C, where A is the volume with the sign of close less open, B the volume times
/// 2 (close - low)/(high - low) - 1, and C the volume with the sign of the change since the last close. A bar that closes where it opened has
/// A = 0, one without range B = 0. It is a fallback, always labeled <see cref="DeltaSource.BarEstimate"/>.
/// </summary>
public static class DeltaEstimate
{
    /// <summary>The estimate, in base currency, between minus and plus the volume.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="lastClose">Close of the bar before; NaN for the first.</param>
    /// <param name="rangeGuard">Added to high less low, in quote currency.</param>
    public static double Of(in Ohlcv bar, double lastClose, double rangeGuard = 0)
    {
        double body = Math.Sign(bar.Close - bar.Open);
        double range = bar.High - bar.Low + rangeGuard;
        double place = range > 0 ? (2 * ((bar.Close - bar.Low) / range)) - 1 : 0;
        double change = double.IsNaN(lastClose) ? 0 : Math.Sign(bar.Close - lastClose);
        return bar.Volume * ((0.4 * body) + (0.4 * place) + (0.2 * change));
    }
}

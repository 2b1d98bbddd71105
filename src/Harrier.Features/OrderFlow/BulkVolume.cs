namespace Harrier.Features.OrderFlow;

/// <summary>
/// Bulk classification (Easley, Lopez de Prado and O'Hara, 2012): the part of a volume that was bought, guessed from the change of the price. For data
/// without aggressors only.
/// </summary>
public static class BulkVolume
{
    /// <summary>The normal distribution's value at the change over its deviation: 0 to 1; a half when the deviation is 0.</summary>
    /// <param name="priceChange">Change of the price over the bucket.</param>
    /// <param name="deviation">Deviation of such changes, in the same unit.</param>
    public static double BuyShare(double priceChange, double deviation) => deviation > 0 ? NormalDistribution.Cumulative(priceChange / deviation) : 0.5;
}

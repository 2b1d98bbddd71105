namespace Harrier.Features.Portfolio.Allocation;

/// <summary>How much of one asset takes off most of the risk of another.</summary>
/// <param name="Asset">Index of what is held.</param>
/// <param name="Hedge">Index of what would be sold, or bought where the two move against each other.</param>
/// <param name="Correlation">Of their returns, -1 to 1.</param>
/// <param name="Beta">Correlation x deviation of the one / deviation of the other.</param>
/// <param name="Notional">Worth of the hedge: -beta x what is held.</param>
/// <param name="ResidualVolatility">Deviation of the hedged return of one unit held: deviation x √(1 - correlation²).</param>
public readonly record struct CorrelationHedge(int Asset, int Hedge, double Correlation, double Beta, double Notional, double ResidualVolatility)
{
    /// <summary>Share of the variance that the hedge takes off: correlation².</summary>
    public double VarianceRemoved => Correlation * Correlation;

    /// <summary>The hedge of one asset by another.</summary>
    /// <param name="covariance">Of returns over the same periods, closed at the same instants: prices that lag hide correlation.</param>
    /// <param name="asset">What is held.</param>
    /// <param name="hedge">What would be sold against it.</param>
    /// <param name="notional">Worth of what is held.</param>
    /// <exception cref="PortfolioInputException">The matrix is no covariance.</exception>
    public static CorrelationHedge Of(double[,] covariance, int asset, int hedge, double notional)
    {
        double[,] fit = Allocation.Covariance.Checked(covariance);
        double correlation = Allocation.Covariance.Correlation(fit)[asset, hedge];
        double beta = fit[asset, hedge] / fit[hedge, hedge];
        double residual = Math.Sqrt(fit[asset, asset] * Math.Max(1 - (correlation * correlation), 0));
        return new CorrelationHedge(asset, hedge, correlation, beta, -beta * notional, residual);
    }

    /// <summary>For each asset that is held the hedge that takes off most of its variance, where it takes off at least a share.</summary>
    /// <param name="covariance">Of returns over the same periods.</param>
    /// <param name="notionals">Worth of what is held of each asset; 0 for none.</param>
    /// <param name="leastRemoved">The least share of the variance to take off, 0 to 1.</param>
    /// <returns>Suggestions, the one that takes off most money at risk first.</returns>
    /// <exception cref="PortfolioInputException">The matrix is no covariance.</exception>
    public static IReadOnlyList<CorrelationHedge> Suggest(double[,] covariance, IReadOnlyList<double> notionals, double leastRemoved = 0.25) =>
    [
        .. from asset in Enumerable.Range(0, notionals.Count)
           where notionals[asset] != 0 && notionals.Count > 1
           let best = Enumerable.Range(0, notionals.Count).Where(other => other != asset)
               .Select(other => Of(covariance, asset, other, notionals[asset]))
               .MaxBy(hedge => hedge.VarianceRemoved)
           where best.VarianceRemoved >= leastRemoved
           orderby Math.Abs(notionals[asset]) * Math.Sqrt(covariance[asset, asset] * best.VarianceRemoved) descending, asset
           select best,
    ];
}

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>How target weights are found.</summary>
public enum AllocationMethod : byte
{
    /// <summary>The same weight for each: nothing is estimated.</summary>
    Equal = 0,

    /// <summary>The least variance.</summary>
    MinimumVariance = 1,

    /// <summary>The highest expected return for each unit of deviation.</summary>
    Tangency = 2,

    /// <summary>The same risk from each.</summary>
    RiskParity = 3,

    /// <summary>Risk split along the tree of correlations.</summary>
    HierarchicalRiskParity = 4,

    /// <summary>A fraction of what Kelly's criterion would stake; the rest stays in the numeraire.</summary>
    Kelly = 5,

    /// <summary>The most of expected return less half the risk aversion times variance.</summary>
    Utility = 6,

    /// <summary>The least variance among the weights with an expected return.</summary>
    TargetReturn = 7,
}

/// <summary>What target weights depend on besides returns.</summary>
public sealed record AllocationSettings
{
    /// <summary>How weights are found.</summary>
    /// <value>RiskParity.</value>
    public AllocationMethod Method { get; init; } = AllocationMethod.RiskParity;

    /// <summary>Whether the covariance is shrunk (Ledoit-Wolf) instead of the sample's.</summary>
    /// <value>True.</value>
    public bool IsShrunk { get; init; } = true;

    /// <summary>The most weight of one asset, above 0 and at most 1; for the methods that optimize. Raised to one over the number of assets where that is more.</summary>
    /// <value>1.</value>
    public double MostWeight { get; init; } = 1;

    /// <summary>The part of Kelly's fraction that is staked, above 0 and at most 1.</summary>
    /// <value>0.5.</value>
    public double KellyFraction { get; init; } = 0.5;

    /// <summary>How much variance weighs against expected return for <see cref="AllocationMethod.Utility"/>, above 0.</summary>
    /// <value>3.</value>
    public double RiskAversion { get; init; } = 3;

    /// <summary>The expected return per period for <see cref="AllocationMethod.TargetReturn"/>.</summary>
    public double TargetReturn { get; init; }
}

/// <summary>Target weights with the estimates that they follow from.</summary>
/// <param name="Names">The assets.</param>
/// <param name="Weights">Weight of each, 0 or more; at most 1 in all, and 1 but for Kelly's.</param>
/// <param name="Means">Mean return of each per period.</param>
/// <param name="Covariance">Estimated covariance per period.</param>
/// <param name="Shrinkage">Weight of the identity in the covariance, 0 to 1; 0 for the sample's.</param>
public sealed record AllocationPlan(IReadOnlyList<string> Names, IReadOnlyList<double> Weights, IReadOnlyList<double> Means, double[,] Covariance, double Shrinkage)
{
    /// <summary>Expected return per period.</summary>
    public double Mean => Weights.Zip(Means).Sum(pair => pair.First * pair.Second);

    /// <summary>Standard deviation per period.</summary>
    public double Volatility => Math.Sqrt(Allocation.Covariance.Variance(Covariance, Weights));

    /// <summary>Estimates and allocates.</summary>
    /// <param name="returns">Returns of the assets.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="PortfolioInputException">A setting is out of range, or the method cannot work with these returns.</exception>
    public static AllocationPlan Of(ReturnTable returns, AllocationSettings settings)
    {
        double[] means = returns.Means();
        (double[,] covariance, double shrinkage) = settings.IsShrunk ? Allocation.Covariance.LedoitWolf(returns) : (Allocation.Covariance.Sample(returns), 0);
        double most = settings.MostWeight > 0 && settings.MostWeight <= 1
            ? Math.Max(settings.MostWeight, 1d / returns.Assets)
            : throw new PortfolioInputException("max_weight", FormattableString.Invariant($"{settings.MostWeight}"), "a number above 0 and at most 1");
        WeightLimits limits = WeightLimits.Uniform(returns.Assets, most);
        double[] weights = settings.Method switch
        {
            AllocationMethod.Equal => [.. Enumerable.Repeat(1d / returns.Assets, returns.Assets)],
            AllocationMethod.MinimumVariance => MeanVariance.MinimumVariance(covariance, limits),
            AllocationMethod.Tangency => MeanVariance.Tangency(covariance, means, limits),
            AllocationMethod.RiskParity => RiskParity.Weights(covariance),
            AllocationMethod.HierarchicalRiskParity => HierarchicalRiskParity.Weights(covariance),
            AllocationMethod.Utility => MeanVariance.Utility(covariance, means, settings.RiskAversion, limits),
            AllocationMethod.TargetReturn => MeanVariance.TargetReturn(covariance, means, settings.TargetReturn, limits),
            _ => MeanVariance.FractionalKelly(covariance, means, settings.KellyFraction, most),
        };
        return new AllocationPlan(returns.Names, weights, means, covariance, shrinkage);
    }
}

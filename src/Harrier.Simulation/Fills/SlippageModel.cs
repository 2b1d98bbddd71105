using System.Globalization;

namespace Harrier.Simulation.Fills;

/// <summary>What a model of slippage may know about a fill.</summary>
/// <param name="Quantity">Size of the fill in base currency.</param>
/// <param name="BarVolume">Volume of the bar in base currency.</param>
/// <param name="BarVolatility">Standard deviation of the returns of earlier bars, as a fraction; 0 until known.</param>
public readonly record struct SlippageFacts(double Quantity, double BarVolume, double BarVolatility);

/// <summary>How far a taking order trades beyond the price seen, always against us and rounded to the worse tick.</summary>
public abstract record SlippageModel
{
    /// <summary>The distance as a fraction of the price, 0 or more.</summary>
    public abstract double Fraction(in SlippageFacts facts);

    /// <summary>True when the model reads <see cref="SlippageFacts.BarVolatility"/>, which is measured only then.</summary>
    public virtual bool NeedsVolatility => false;
}

/// <summary>A fixed distance.</summary>
/// <param name="Bps">Basis points, 0 or more.</param>
public sealed record FixedSlippage(double Bps) : SlippageModel
{
    /// <inheritdoc/>
    public override double Fraction(in SlippageFacts facts) => Bps / 10_000;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"fixed, {Bps} bps");
}

/// <summary>Half of a quoted spread: bars carry the last trade, which was as likely at the bid as at the ask.</summary>
/// <param name="SpreadBps">Whole spread in basis points, 0 or more.</param>
public sealed record SpreadSlippage(double SpreadBps) : SlippageModel
{
    /// <inheritdoc/>
    public override double Fraction(in SlippageFacts facts) => SpreadBps / 20_000;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"half of a spread of {SpreadBps} bps");
}

/// <summary>
/// Grows with the square of the share of the bar's volume, as zipline and LEAN model it. Far below the square-root law for small
/// orders, so it flatters: offered for comparison with those engines.
/// </summary>
/// <param name="PriceImpact">Fraction at a share of 1.</param>
/// <param name="MaxShare">Share above which the impact stays the same.</param>
public sealed record VolumeShareSlippage(double PriceImpact = 0.1, double MaxShare = 0.025) : SlippageModel
{
    /// <inheritdoc/>
    public override double Fraction(in SlippageFacts facts)
    {
        double share = facts.BarVolume > 0 ? Math.Min(facts.Quantity / facts.BarVolume, MaxShare) : MaxShare;
        return PriceImpact * share * share;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"volume share, {PriceImpact} x min(share, {MaxShare})^2");
}

/// <summary>
/// Square-root law of market impact (Almgren et al. 2005; Donier and Bonart 2015 for Bitcoin): Y x volatility x sqrt(quantity / volume).
/// Volatility and volume may be those of one bar, as both scale alike with its length.
/// </summary>
/// <param name="Y">Dimensionless constant, about 1.</param>
/// <param name="FloorBps">Least slippage in basis points: the spread is there even for the smallest order.</param>
public sealed record SquareRootSlippage(double Y = 1, double FloorBps = 1) : SlippageModel
{
    /// <inheritdoc/>
    public override bool NeedsVolatility => true;

    /// <inheritdoc/>
    public override double Fraction(in SlippageFacts facts)
    {
        double impact = facts.BarVolume > 0 ? Y * facts.BarVolatility * Math.Sqrt(facts.Quantity / facts.BarVolume) : 0;
        return Math.Max(impact, FloorBps / 10_000);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"square root, Y {Y}, at least {FloorBps} bps");
}

using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>What a conversion is to the pair it belongs to, in the guide's words.</summary>
public enum TradeDirection : byte
{
    /// <summary>The base of the pair is bought; of a pair that nobody quotes, what is received.</summary>
    Buy = 0,

    /// <summary>The base of the pair is sold.</summary>
    Sell = 1,
}

/// <summary>A conversion that was considered, with every figure that decided on it.</summary>
public sealed record TradeOpportunity
{
    /// <summary>What would be given, rounded down to the asset's decimals; 0 where nothing is left above the reserve.</summary>
    public required Money From { get; init; }

    /// <summary>What it would bring at the quotes, all costs taken off; an estimate, not a promise.</summary>
    public required Money To { get; init; }

    /// <summary>The conversions to make.</summary>
    public required ConversionRoute Route { get; init; }

    /// <summary>Whether the pair's base is bought or sold.</summary>
    public required TradeDirection Direction { get; init; }

    /// <summary>Worth of <see cref="From"/> in the numeraire.</summary>
    public required decimal Notional { get; init; }

    /// <summary>Worth of one unit of what is given, in the numeraire.</summary>
    public required decimal FromPrice { get; init; }

    /// <summary>Worth of one unit of what is received, in the numeraire.</summary>
    public required decimal ToPrice { get; init; }

    /// <summary>What the model expects of the pair over the holding time, as a fraction, before costs.</summary>
    public required double GrossReturn { get; init; }

    /// <summary>What spread and fees of the route take, as a fraction.</summary>
    public required double Cost { get; init; }

    /// <summary>Expected return after costs, as a fraction.</summary>
    public required double ExpectedReturn { get; init; }

    /// <summary>Standard deviation of the pair's log return over the holding time.</summary>
    public required double Volatility { get; init; }

    /// <summary>The guide's volatility of the window, 0 to 1, for display (<see cref="PortfolioRisk.Volatility"/>).</summary>
    public required double PriceVolatility { get; init; }

    /// <summary>Probability that the return after costs is above 0, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Volatility / (confidence x expected return), 0 to 1.</summary>
    public required double Risk { get; init; }

    /// <summary>Confidence² / (risk + 0.1): higher comes first.</summary>
    public required double Score { get; init; }

    /// <summary>Every gate with what it saw, in order.</summary>
    public required IReadOnlyList<GateReading> Gates { get; init; }

    /// <summary>True when every gate lets it through.</summary>
    public bool Passes => Gates.All(gate => gate.Passes);

    /// <summary>The gate that refused it, the first in order; null when none did.</summary>
    public GateReading? RefusedBy => Gates.Where(gate => !gate.Passes).Select(gate => (GateReading?)gate).FirstOrDefault();

    /// <summary>One line for people: the figures and, where refused, by what.</summary>
    public string Reason => FormattableString.Invariant(
        $"{Route}: expected {ExpectedReturn:P3} after {Cost:P3} costs, volatility {Volatility:P3}, confidence {Confidence:F3}, risk {Risk:F3}; ")
        + (RefusedBy is { } refusal ? "refused: " + refusal : "all gates pass");
}

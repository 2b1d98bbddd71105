namespace Harrier.Features.Portfolio;

/// <summary>What an opportunity must pass before it is traded, in the order in which it is asked.</summary>
public enum PortfolioGate : byte
{
    /// <summary>Prices of the pair so far, at least the window.</summary>
    History = 0,

    /// <summary>Seconds since the oldest quote of the route was read, at most the limit.</summary>
    QuoteAge = 1,

    /// <summary>Amount that would be given, above 0: something is left above the reserve.</summary>
    Size = 2,

    /// <summary>Worth of the amount in the numeraire, at least the limit.</summary>
    Notional = 3,

    /// <summary>Expected return after costs, above the limit.</summary>
    ExpectedReturn = 4,

    /// <summary>Confidence, at least the limit.</summary>
    Confidence = 5,

    /// <summary>Risk score, at most the limit.</summary>
    Risk = 6,
}

/// <summary>A gate that was asked.</summary>
/// <param name="Gate">Which.</param>
/// <param name="Value">What it saw.</param>
/// <param name="Limit">What it compares with.</param>
/// <param name="Passes">Whether it lets the opportunity through.</param>
public readonly record struct GateReading(PortfolioGate Gate, double Value, double Limit, bool Passes)
{
    /// <summary>Such as <c>confidence 0.62 refused, limit 0.7</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} {Value:G6} {(Passes ? "passes" : "refused")}, limit {Limit:G6}");

    private string Name => Gate switch
    {
        PortfolioGate.QuoteAge => "quote age",
        PortfolioGate.ExpectedReturn => "expected return",
        PortfolioGate other => other.ToString().ToLowerInvariant(),
    };
}

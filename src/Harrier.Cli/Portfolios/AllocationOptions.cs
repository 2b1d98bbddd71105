using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Cli.Portfolios;

/// <summary>How weights are estimated and found, the same for every verb of <c>portfolio</c>.</summary>
internal sealed class AllocationOptions
{
    /// <summary>The methods by their names.</summary>
    public static IReadOnlyDictionary<string, AllocationMethod> Methods { get; } = new Dictionary<string, AllocationMethod>
    {
        ["equal"] = AllocationMethod.Equal,
        ["minimum-variance"] = AllocationMethod.MinimumVariance,
        ["tangency"] = AllocationMethod.Tangency,
        ["risk-parity"] = AllocationMethod.RiskParity,
        ["hrp"] = AllocationMethod.HierarchicalRiskParity,
        ["kelly"] = AllocationMethod.Kelly,
        ["utility"] = AllocationMethod.Utility,
        ["target-return"] = AllocationMethod.TargetReturn,
    };

    /// <summary>Those that need no goal of their own, which backtests follow.</summary>
    public static IReadOnlyDictionary<string, AllocationMethod> MethodsWithoutGoal { get; } =
        Methods.Where(static method => method.Value is not (AllocationMethod.Utility or AllocationMethod.TargetReturn)).ToDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<string, bool> Covariances = new() { ["ledoit-wolf"] = true, ["sample"] = false };

    private readonly Option<string?> _covariance = new("--covariance") { Description = "ledoit-wolf or sample [ledoit-wolf]" };
    private readonly Option<string?> _mostWeight = new("--max-weight") { Description = "most weight of one asset, for methods that optimize [1]" };
    private readonly Option<string?> _kelly = new("--kelly-fraction") { Description = "part of Kelly's stake [0.5]" };
    private readonly Option<string?> _band = new("--band") { Description = "how far a weight may be from its target before anything is traded [0.05]" };
    private readonly Option<string?> _turnover = new("--turnover") { Description = "most that is sold at once, as a share of the portfolio [1]" };
    private readonly Option<bool> _toEdge = new("--to-edge") { Description = "trade to the edge of the band instead of the target" };

    /// <summary>Adds them to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="withRebalancing">Whether it also trades towards weights.</param>
    public void AddTo(Command verb, bool withRebalancing = true)
    {
        Option[] options = withRebalancing ? [_covariance, _mostWeight, _kelly, _band, _turnover, _toEdge] : [_covariance, _mostWeight];
        foreach (Option option in options)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads how weights are found; faults are noted.</summary>
    public AllocationSettings Read(ParseResult parsed, FaultList faults) => new()
    {
        IsShrunk = faults.Try(() => OptionText.Choice("--covariance", parsed.GetValue(_covariance) ?? "ledoit-wolf", Covariances)),
        MostWeight = (double)faults.Try(() => OptionText.Fraction("--max-weight", parsed.GetValue(_mostWeight) ?? "1")),
        KellyFraction = (double)faults.Try(() => OptionText.Fraction("--kelly-fraction", parsed.GetValue(_kelly) ?? "0.5")),
    };

    /// <summary>Reads how portfolios go back to their weights; faults are noted.</summary>
    public RebalanceRule ReadRule(ParseResult parsed, decimal minNotional, FaultList faults) => new()
    {
        Band = (double)faults.Try(() => OptionText.Decimal("--band", parsed.GetValue(_band) ?? "0.05", 0, 1)),
        MostTurnover = (double)faults.Try(() => OptionText.Fraction("--turnover", parsed.GetValue(_turnover) ?? "1")),
        ToEdge = parsed.GetValue(_toEdge),
        MinNotional = minNotional,
    };
}

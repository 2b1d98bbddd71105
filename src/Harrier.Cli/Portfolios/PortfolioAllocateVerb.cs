using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Cli.Verbs;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Cli.Portfolios;

/// <summary><c>portfolio allocate</c>: target weights, what they rest on, and what to trade to get there.</summary>
internal sealed class PortfolioAllocateVerb
{
    private readonly EstimateOptions _estimate = new();
    private readonly AllocationOptions _allocation = new();
    private readonly Option<string?> _method = new("--method") { Description = string.Join(", ", AllocationOptions.Methods.Keys) + " [risk-parity]" };
    private readonly Option<string[]> _holding = new("--holding") { Description = "what is held, BTC=0.5, repeatable: tells what to trade, and hedges" };
    private readonly Option<string?> _minNotional = new("--min-notional") { Description = "smaller moves are left alone [1]" };
    private readonly Option<string[]> _lot = new("--lot") { Description = "what was bought when at what price, 2024-01-31:BTC=0.5@42000, repeatable: tells what sales would realize" };
    private readonly Option<string?> _aversion = new("--risk-aversion") { Description = "how much variance weighs, for utility [3]" };
    private readonly Option<string?> _target = new("--target-return") { Description = "expected return of a year, 0.2 for 20 %, for target-return" };
    private readonly Option<string?> _mostGain = new("--max-gain") { Description = "the most that sales may realize, losses taken off, by --lot; none where nothing is said" };
    private readonly Option<string?> _lotOrder = new("--lot-order") { Description = "which lots are sold first under --max-gain: fifo, lifo or hifo [hifo]" };
    private readonly Option<bool> _json = new("--json") { Description = "print JSON" };

    private static readonly Dictionary<string, LotOrder> Orders = new(StringComparer.Ordinal) { ["fifo"] = LotOrder.Fifo, ["lifo"] = LotOrder.Lifo, ["hifo"] = LotOrder.Hifo };

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        PortfolioAllocateVerb verb = new();
        Command command = new("allocate", "Find target weights from returns, and what to trade to get there.") { verb._method, verb._holding, verb._minNotional, verb._lot, verb._aversion, verb._target, verb._mostGain, verb._lotOrder, verb._json };
        verb._estimate.AddTo(command);
        verb._allocation.AddTo(command);
        command.Does(verbose, verb.Run);
        return command;
    }

    private int Run(ParseResult parsed, InvocationConfiguration streams, CancellationToken stop)
    {
        FaultList faults = new();
        var request = _estimate.Read(parsed, faults);
        AllocationSettings settings = _allocation.Read(parsed, faults) with
        {
            Method = faults.Try(() => OptionText.Choice("--method", parsed.GetValue(_method) ?? "risk-parity", AllocationOptions.Methods)),
        };
        settings = settings with { RiskAversion = (double)faults.Try(() => OptionText.Positive("--risk-aversion", parsed.GetValue(_aversion) ?? "3")) };
        decimal aim = faults.Try(() => TargetOf(settings.Method, parsed.GetValue(_target)));
        GainLimit? limit = faults.Try(() => LimitOf(parsed));
        decimal minNotional = faults.Try(() => OptionText.Decimal("--min-notional", parsed.GetValue(_minNotional) ?? "1", 0, 1_000_000_000));
        RebalanceRule rule = _allocation.ReadRule(parsed, minNotional, faults);
        IReadOnlyList<Money> holdings = faults.Try(() => AmountText.Amounts("--holding", parsed.GetValue(_holding) ?? [])) ?? [];
        IReadOnlyDictionary<Asset, TaxLots> lots = faults.Try(() => LotSales.Read("--lot", parsed.GetValue(_lot) ?? [])) ?? new Dictionary<Asset, TaxLots>();
        faults.ThrowIfAny();
        EstimateBasis basis = EstimateOptions.Load(request, stop);
        AllocationPlan plan = Plan(basis, settings with { TargetReturn = (double)aim / basis.PeriodsPerYear });
        AllocationReport report = AllocationReport.Of(basis, plan, holdings, rule).With(lots, limit);
        if (parsed.GetValue(_json))
        {
            streams.Output.Write(report.ToJson(settings));
            return 0;
        }

        report.Print(streams.Output);
        return 0;
    }

    private static decimal TargetOf(AllocationMethod method, string? text) => (method == AllocationMethod.TargetReturn, text) switch
    {
        (true, null) => throw new InputException("target-return", "none given", "the expected return of a year, such as 0.2 for 20 %"),
        (false, { } unused) => throw new InputException("target-return", unused, "nothing but with --method target-return"),
        (true, { } wanted) => OptionText.Decimal("--target-return", wanted, -1_000_000, 1_000_000),
        _ => 0,
    };

    private GainLimit? LimitOf(ParseResult parsed)
    {
        string? order = parsed.GetValue(_lotOrder);
        return parsed.GetValue(_mostGain) is { } text
            ? new GainLimit(OptionText.Decimal("--max-gain", text, -1_000_000_000_000m, 1_000_000_000_000m), OptionText.Choice("--lot-order", order ?? "hifo", Orders))
            : order is { } unused ? throw new InputException("lot-order", unused, "nothing but with --max-gain") : null;
    }

    // Which returns are within reach is known only once they are estimated.
    private static AllocationPlan Plan(EstimateBasis basis, AllocationSettings settings)
    {
        try
        {
            return AllocationPlan.Of(basis.Returns, settings);
        }
        catch (PortfolioInputException wrong) when (settings.Method == AllocationMethod.TargetReturn && wrong.Field == "target_return")
        {
            double[] means = basis.Returns.Means();
            throw new InputException("target-return", FormattableString.Invariant($"{settings.TargetReturn * basis.PeriodsPerYear:0.####}"), FormattableString.Invariant(
                $"what weights have, {means.Min() * basis.PeriodsPerYear:0.####} to {means.Max() * basis.PeriodsPerYear:0.####} a year without --max-weight"));
        }
    }
}

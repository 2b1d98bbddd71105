using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Cli.Verbs;
using Harrier.Domain;
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
    private readonly Option<bool> _json = new("--json") { Description = "print JSON" };

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        PortfolioAllocateVerb verb = new();
        Command command = new("allocate", "Find target weights from returns, and what to trade to get there.") { verb._method, verb._holding, verb._minNotional, verb._lot, verb._json };
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
        decimal minNotional = faults.Try(() => OptionText.Decimal("--min-notional", parsed.GetValue(_minNotional) ?? "1", 0, 1_000_000_000));
        RebalanceRule rule = _allocation.ReadRule(parsed, minNotional, faults);
        IReadOnlyList<Money> holdings = faults.Try(() => AmountText.Amounts("--holding", parsed.GetValue(_holding) ?? [])) ?? [];
        IReadOnlyDictionary<Asset, TaxLots> lots = faults.Try(() => LotSales.Read("--lot", parsed.GetValue(_lot) ?? [])) ?? new Dictionary<Asset, TaxLots>();
        faults.ThrowIfAny();
        EstimateBasis basis = EstimateOptions.Load(request, stop);
        AllocationPlan plan = AllocationPlan.Of(basis.Returns, settings);
        AllocationReport report = AllocationReport.Of(basis, plan, holdings, rule).With(lots);
        if (parsed.GetValue(_json))
        {
            streams.Output.Write(report.ToJson(settings));
            return 0;
        }

        report.Print(streams.Output);
        return 0;
    }
}

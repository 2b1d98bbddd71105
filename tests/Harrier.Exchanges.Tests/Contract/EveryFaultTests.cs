using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Contract;

public sealed class SpotEveryFaultTests : EveryFaultTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.Spot);
}

public sealed class LinearEveryFaultTests : EveryFaultTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.UsdM);
}

public sealed class BybitSpotEveryFaultTests : EveryFaultTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Spot);
}

public sealed class BybitLinearEveryFaultTests : EveryFaultTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Linear);
}

/// <summary>Random trading while something goes wrong, everywhere it can: afterwards we know what the exchange knows.</summary>
public abstract class EveryFaultTests
{
    private const int FewestOrders = 30;

    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    private protected abstract ContractVenue Venue { get; }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task OneFault_WhileTrading_EndsWithTheTruthOfTheExchange(FaultKind kind)
    {
        if (kind == FaultKind.Banned && Venue.BansForMinutes)
        {
            Assert.Skip("nothing trades in the ten minutes for which the venue shuts an address out");
        }

        await TradeThrough([.. PlansOf(kind, 0.2)], seed: 100 + (int)kind);
    }

    [Theory]
    [InlineData(42)]
    public async Task AllFaults_WhileTrading_EndWithTheTruthOfTheExchange(long seed) =>
        await TradeThrough([.. Enum.GetValues<FaultKind>().Where(k => k != FaultKind.Silent && !(k == FaultKind.Banned && Venue.BansForMinutes)).SelectMany(k => PlansOf(k, 0.15)).Select(p => p with { Count = 1 })], seed);

    private async Task TradeThrough(FaultPlan[] plans, long seed)
    {
        await using EveryFaultRig rig = await EveryFaultRig.StartAsync(Venue, seed);
        FaultInjector faults = rig.Exchange.Faults;
        foreach (FaultPlan plan in plans)
        {
            faults.Add(plan);
        }

        // Every plan struck where it was meant to: those left are the ones not used up.
        await Eventually.Agrees(() =>
        {
            rig.Step();
            return rig.Sent < FewestOrders ? "too few orders were sent"
                : faults.Plans.FirstOrDefault(p => p.Struck == 0).Plan is { } missing ? $"{missing.Kind} did not strike {missing.Match}"
                : null;
        });
        faults.Injected.ShouldBeGreaterThanOrEqualTo(plans.Length);
        faults.Clear();

        await rig.Still(rig.Difference);
        rig.CancelAll();
        await Eventually.Agrees(() => rig.Venue.Tracker.Working.Count > 0 ? "orders still work" : null);
        await rig.Still(rig.Difference);

        rig.Exchange.Orders.Select(o => o.ClientId).ShouldBeUnique();
        rig.Venue.Tracker.Statistics.OverFills.ShouldBe(0);
        rig.Venue.Tracker.Statistics.LateFills.ShouldBe(0);

        // Everything was explained by orders and executions: no position had to be taken over, nothing was anybody else's. Of executions in one
        // millisecond, whose order no list tells, a contract's realized profit depends on the order.
        rig.Concluded.Where(d => d.Kind is DifferenceKind.ContradictingFill or DifferenceKind.ForeignOrder or DifferenceKind.OrphanOrder
            || d.Resolution.Kind is ResolutionKind.InferFill or ResolutionKind.RecordForeign or ResolutionKind.Escalate
            || (d.Resolution.Kind == ResolutionKind.AdjustBook && (Venue.IsSpot || d.Kind != DifferenceKind.BalanceDrift))).ShouldBeEmpty();
        rig.Log.Lines.ShouldAllBe(line => !line.Contains(rig.Exchange.SecretText, StringComparison.Ordinal));
    }

    private IEnumerable<FaultPlan> PlansOf(FaultKind kind, double probability)
    {
        FaultPlan plan = new(kind) { Probability = probability, Count = 2, Delay = kind == FaultKind.ClockSkew ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(200) };
        if (FaultNames.IsForRequests(kind))
        {
            yield return plan with { Match = "/order" };
            yield return plan with { Match = "GET " };
        }

        if (FaultNames.IsForFrames(kind) && kind != FaultKind.Gap)
        {
            foreach (string name in Venue.PrivateNews)
            {
                yield return plan with { Match = name };
            }
        }

        if (FaultNames.IsForFrames(kind))
        {
            yield return plan with { Match = Venue.BookNews };
        }
    }
}

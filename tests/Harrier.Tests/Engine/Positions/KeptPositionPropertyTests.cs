using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Positions;

/// <summary>What holds of every kept position, whatever the market does; and that a restart in the middle of any of it changes nothing.</summary>
public sealed class KeptPositionPropertyTests
{
    private const int Bars = 1200;

    [Theory]
    [InlineData(1, InstrumentKind.LinearPerpetual, null)]
    [InlineData(2, InstrumentKind.LinearPerpetual, 0.0000005)]
    [InlineData(3, InstrumentKind.Spot, null)]
    [InlineData(4, InstrumentKind.Spot, 0.0000005)]
    public void Exits_NeverSellMoreThanIsHeld_AndTheRiskNeverMoves(int seed, InstrumentKind kind, double? share)
    {
        PositionRig rig = new PositionRig(Options(seed, kind, share)).Deposit();
        Dictionary<Timestamp, (decimal Risk, long Price)> trips = [];
        HashSet<OrderPurpose> reasons = [];
        foreach (decimal[] prices in Walk(seed))
        {
            Play(rig, prices);
            for (int i = 0; i < rig.Instruments.Count; i++)
            {
                Check(rig, i);
                Remember(rig, i, trips);
            }
        }

        reasons.UnionWith(rig.Trips.Select(trip => trip.ExitReason));
        rig.Trips.Count.ShouldBeGreaterThan(20);
        reasons.Count.ShouldBeGreaterThan(3);
        rig.Trips.ShouldAllBe(trip => trip.InitialRisk > 0 && trip.Setup != null && trip.Quantity > 0);
    }

    [Theory]
    [InlineData(5, InstrumentKind.LinearPerpetual)]
    [InlineData(6, InstrumentKind.Spot)]
    public void Restore_AtAnyBar_ContinuesBitEqual(int seed, InstrumentKind kind)
    {
        PositionRigOptions options = Options(seed, kind, 0.0000005) with
        {
            Limits = new RiskLimits { KillSwitchLoss = 0.5m, MaxDailyLoss = 0.02m, MaxLossesInARow = 4, MaxPositions = 2, MaxCorrelation = 0.95, CorrelationBars = 10 },
        };
        PositionRig unbroken = new PositionRig(options).Deposit();
        PositionRig restarted = new PositionRig(options).Deposit();
        Random random = new(seed);
        foreach (decimal[] prices in Walk(seed))
        {
            Play(unbroken, prices);
            Play(restarted, prices);
            restarted = random.Next(15) == 0 ? restarted.Reborn() : restarted;
        }

        restarted.Engine.StateHash().ShouldBe(unbroken.Engine.StateHash());
        restarted.Engine.DecisionHash.ShouldBe(unbroken.Engine.DecisionHash);
        unbroken.Engine.Denials[DenyRule.MaxPositions].ShouldBePositive();
        unbroken.Trips.Count.ShouldBeGreaterThan(10);

        // A restart forgets the list of round trips, not what they came to.
        restarted.Trips.Count.ShouldBeLessThan(unbroken.Trips.Count);
        restarted.Engine.Portfolio.Outcomes.BySetup.Select(one => (one.Name, one.Trades, one.Pnl, one.MeanR))
            .ShouldBe(unbroken.Engine.Portfolio.Outcomes.BySetup.Select(one => (one.Name, one.Trades, one.Pnl, one.MeanR)));
        unbroken.Engine.Portfolio.Outcomes.BySetup.Sum(one => one.Trades).ShouldBe(unbroken.Trips.Count);
    }

    private static PositionRigOptions Options(int seed, InstrumentKind kind, double? share) => new()
    {
        Kind = kind,
        Instruments = 3,
        Strategy = () => new RandomPlanner(seed),
        Fills = BacktestScenario.Free with { Leverage = kind == InstrumentKind.Spot ? 1 : 10, MaxVolumeShare = share },
        Rules = new ExitRules
        {
            FirstTarget = new ProfitTarget(1, 0.4m),
            SecondTarget = new ProfitTarget(2, 0.35m),
            TimeStop = TimeSpan.FromMinutes(40),
            NoProgressAfter = TimeSpan.FromMinutes(25),
            ChandelierMultiple = 2,
            AddOn = new AddOnRule { FromR = 0.3m },
        },
    };

    // No exit may turn a position over. On spot all orders together ask for no more than is held; on contracts they only reduce, and the venue cuts them.
    private static void Check(PositionRig rig, int instrument)
    {
        long held = rig.PositionIn(instrument).Size.Value;
        rig.Venue.Position(new BotId(0), new InstrumentId(instrument)).Value.ShouldBe(held);
        Order[] exits = [.. rig.Working.Where(order => order.Intent.ReduceOnly && order.Intent.Instrument.Index == instrument)];
        foreach (Order exit in exits)
        {
            (exit.Intent.Side == OrderSide.Sell).ShouldBe(held > 0);
        }

        if (rig.Options.Kind == InstrumentKind.Spot)
        {
            held.ShouldBeGreaterThanOrEqualTo(0);
            exits.Sum(exit => exit.Remaining.Value).ShouldBeLessThanOrEqualTo(held);
        }

        // The stop covers what nothing else is about to sell.
        bool isLeaving = exits.Any(exit => exit.Intent.Type == OrderType.Market);
        if (held != 0 && !isLeaving)
        {
            Order stop = exits.Where(exit => exit.Intent.Type == OrderType.Stop).ShouldHaveSingleItem();
            stop.Remaining.Value.ShouldBeGreaterThanOrEqualTo(Math.Abs(held));
        }
    }

    // 1 R of a trip, once its entry is filled whole, is what it was, and so is the price of its second target.
    private static void Remember(PositionRig rig, int instrument, Dictionary<Timestamp, (decimal Risk, long Price)> trips)
    {
        bool isEntering = rig.Working.Any(order => !order.Intent.ReduceOnly && order.Intent.Instrument.Index == instrument);
        if (rig.PositionIn(instrument).IsFlat || isEntering)
        {
            return;
        }

        long target = rig.Working.FirstOrDefault(order => order.Intent.Instrument.Index == instrument && order.Intent.Purpose == OrderPurpose.SecondTarget)
            ?.Intent.Limit.Value ?? 0;
        Timestamp key = rig.PositionIn(instrument).EntryTime + TimeSpan.FromTicks(instrument);
        decimal risk = rig.PositionIn(instrument).InitialRisk ?? 0;
        (decimal risk0, long target0) = trips.TryGetValue(key, out (decimal, long) known) ? known : (risk, target);
        risk.ShouldBe(risk0);
        if (target != 0 && target0 != 0)
        {
            target.ShouldBe(target0);
        }

        trips[key] = (risk0, target0 == 0 ? target : target0);
    }

    private static void Play(PositionRig rig, decimal[] prices) => rig.Bar([.. prices.Chunk(4).Select(bar => (bar[0], bar[1], bar[2], bar[3]))]);

    private static IEnumerable<decimal[]> Walk(int seed)
    {
        Random random = new(seed);
        decimal[] last = [100, 100, 100];
        for (int bar = 0; bar < Bars; bar++)
        {
            List<decimal> prices = [];
            for (int i = 0; i < last.Length; i++)
            {
                decimal open = last[i] + (random.Next(-2, 3) * 0.1m);
                decimal close = Math.Clamp(open + (random.Next(-8, 9) * 0.1m), 60, 160);
                prices.AddRange([open, Math.Max(open, close) + (random.Next(4) * 0.1m), Math.Min(open, close) - (random.Next(4) * 0.1m), close]);
                last[i] = close;
            }

            yield return [.. prices];
        }
    }
}

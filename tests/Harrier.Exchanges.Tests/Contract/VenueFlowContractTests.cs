using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>The way of the engine's orders through an adapter: what comes back as reports equals what the exchange did, whatever was lost on the way.</summary>
public abstract class VenueFlowContractTests
{
    private protected abstract ContractVenue Venue { get; }

    [Fact]
    public async Task Case21_OrderThatTrades_IsReportedInOrder()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 64_000m)));
        await Eventually.Holds(() => rig.Reports.Count == 1, "acceptance");
        rig.Venue.Submit(Order(rig, new Wanted(2, OrderSide.Buy, OrderType.Market, 0)));
        await Eventually.Holds(() => rig.Reports.Any(r => r.Kind == ExecutionKind.Filled), "the fill");
        rig.Venue.Cancel(Id(1));
        await Eventually.Holds(() => rig.Reports.Any(r => r.Kind == ExecutionKind.Canceled), "the cancel");
        ExecutionReport fill = rig.Reports.Single(r => r.Kind == ExecutionKind.Filled);
        fill.Order.ShouldBe(Id(2));
        rig.Instrument.ToDecimal(fill.Price).ShouldBe(ContractRig.Ask);
        fill.Size.ShouldBe(new SizeLots(10));
        fill.Fee.ShouldBe(rig.TrueFills().Single().Fee);
        rig.Reports.Count(r => r.Order == Id(1)).ShouldBe(2);
        rig.Venue.Tracker.Working.ShouldBeEmpty();
    }

    [Fact]
    public async Task Case22_RestingOrderTakenBySomebody_IsReportedAsMaker()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 65_000m)));
        await Eventually.Holds(() => rig.Reports.Count == 1, "acceptance");
        rig.House(isSell: true, 65_000m, 0.004m);
        rig.House(isSell: true, 65_000m, 0.006m);
        await Eventually.Holds(() => Filled(rig, 1) == 10, "both fills");
        rig.Reports.Where(r => r.Kind == ExecutionKind.Filled).ShouldAllBe(r => r.IsMaker);
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.ServerErrorAfter)]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Cut)]
    public async Task Case23_LostAnswer_IsSettledWithoutSendingTwice(FaultKind fault)
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Faults.Add(new FaultPlan(fault) { Match = "POST", Count = 1 });
        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 64_000m)));

        // The doubt itself is told too, unless the stream shows the order before the answer is lost.
        ExecutionReport[] settled = [];
        await Eventually.Holds(() => (settled = [.. rig.Reports.Where(r => r.Kind != ExecutionKind.OutcomeUnknown)]).Length == 1, "a settlement");
        rig.Faults.Injected.ShouldBe(1);
        bool placed = rig.TrueOpenClientIds().Count == 1;
        settled[0].Kind.ShouldBe(placed ? ExecutionKind.Accepted : ExecutionKind.Rejected);
        rig.TrueOpenClientIds().Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Case24_OrderRefusedHere_NeverReachesTheVenue()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 1_000m) { Lots = 1 }));
        await Eventually.Holds(() => rig.Reports.Count == 1, "the refusal");
        rig.Reports[0].Kind.ShouldBe(ExecutionKind.Rejected);
        rig.Reports[0].Reason.ShouldBe(RejectReason.InvalidOrder);
        rig.Venue.Submit(Order(rig, new Wanted(2, OrderSide.Buy, OrderType.Market, 0) { Time = TimeInForce.FillOrKill }));
        await Eventually.Holds(() => rig.Reports.Count == 2, "the refusal");
        rig.Reports[1].Reason.ShouldBe(RejectReason.NotSupported);
        rig.TrueFills().ShouldBeEmpty();
    }

    [Fact]
    public async Task Case25_StreamCutWhileOrderFills_IsFoundAfterwards()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 65_000m)));
        await Eventually.Holds(() => rig.Reports.Count == 1, "acceptance");

        // The next thing that happens, the news of the fill, becomes a cut of the stream.
        rig.Faults.Add(new FaultPlan(FaultKind.Cut) { Count = 1 });
        rig.House(isSell: true, 65_000m, 0.01m);
        await Eventually.Holds(() => Filled(rig, 1) == 10, "the fill");
        await Eventually.Holds(() => !rig.Venue.Session.IsSuspect, "a right picture");
        rig.Faults.Injected.ShouldBe(1);
        rig.Venue.Session.Resyncs.ShouldBeGreaterThan(1);
        rig.Reports.Count(r => r.Kind == ExecutionKind.Filled).ShouldBe(1);
        rig.Venue.Tracker.Working.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Case26_RandomOrdersAndLosses_EndWithTheTruthOfTheExchange(long seed)
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Faults.Add(new FaultPlan(FaultKind.CutAfter) { Match = "rder", Probability = 0.05 });
        rig.Faults.Add(new FaultPlan(FaultKind.ServerErrorAfter) { Match = "rder", Probability = 0.05 });
        rig.Faults.Add(new FaultPlan(FaultKind.Duplicate) { Probability = 0.2 });
        rig.Faults.Add(new FaultPlan(FaultKind.Reorder) { Probability = 0.1 });
        rig.Faults.Add(new FaultPlan(FaultKind.UnknownEvent) { Probability = 0.1 });
        RandomStream random = new(seed);
        for (int i = 1; i <= 40; i++)
        {
            OrderSide side = random.NextDouble() < 0.5 ? OrderSide.Buy : OrderSide.Sell;
            bool isMarket = random.NextDouble() < 0.3;
            decimal price = 65_000m + (decimal.Round((decimal)random.NextDouble() * 80) - 40);
            rig.Venue.Submit(Order(rig, new Wanted(i, side, isMarket ? OrderType.Market : OrderType.Limit, isMarket ? 0 : price) { Lots = 1 + (int)(random.NextDouble() * 20) }));
            if (random.NextDouble() < 0.4)
            {
                rig.Venue.Cancel(Id(1 + (int)(random.NextDouble() * i)));
            }
        }

        // All that still work are canceled, and nothing is left in doubt.
        await Eventually.Holds(() => rig.Reports.Select(r => r.Order).Distinct().Count() == 40, "news of each order");
        long struck = rig.Faults.Injected;
        rig.Faults.Clear();
        for (int i = 1; i <= 40; i++)
        {
            rig.Venue.Cancel(Id(i));
        }

        await Eventually.Holds(() => rig.Venue.Tracker.Working.Count == 0 && rig.TrueOpenClientIds().Count == 0, "the end of all orders");
        var ours = rig.Reports.Where(r => r.Kind == ExecutionKind.Filled)
            .Select(r => (r.TradeId.ToString(), r.Order.ToString(), rig.Instrument.ToDecimal(r.Price), rig.Instrument.ToDecimal(r.Size), r.Fee)).Order().ToList();
        ours.ShouldBe(rig.TrueFills().Select(f => (f.Trade.ToString(), f.ClientId, f.Price, f.Quantity, f.Fee)).Order());
        struck.ShouldBeGreaterThan(0);
        rig.Venue.Tracker.Statistics.OverFills.ShouldBe(0);
        rig.Venue.Tracker.Statistics.LateFills.ShouldBe(0);
        rig.Reports.GroupBy(r => r.Order).Max(g => g.Count(r => r.Kind is ExecutionKind.Canceled or ExecutionKind.Expired or ExecutionKind.Rejected)).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Malformed)]
    [InlineData(FaultKind.Silent)]
    public async Task Case29_NewsOfAFillIsLostOnALivingStream_IsFoundAllTheSame(FaultKind fault)
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Venue.Submit(Order(rig, new Wanted(1, OrderSide.Buy, OrderType.Limit, 65_000m)));
        await Eventually.Holds(() => rig.Reports.Count == 1, "acceptance");
        foreach (string name in Venue.OrderNews)
        {
            rig.Faults.Add(new FaultPlan(fault) { Match = name });
        }

        rig.House(isSell: true, 65_000m, 0.01m);
        await Eventually.Holds(() => Filled(rig, 1) == 10, "the fill");
        rig.Faults.Injected.ShouldBeGreaterThan(0);
        rig.Venue.Tracker.Working.ShouldBeEmpty();
        rig.Reports.Count.ShouldBe(2);
    }

    private protected static ClientOrderId Id(int sequence) => new(1, sequence);

    private protected static long Filled(ContractRig rig, int sequence) => rig.Reports.Where(r => r.Kind == ExecutionKind.Filled && r.Order == Id(sequence)).Sum(r => r.Size.Value);

    private protected static ApprovedOrder Order(ContractRig rig, Wanted wanted)
    {
        OrderIntent intent = new()
        {
            Instrument = rig.Instrument.Id,
            Side = wanted.Side,
            Type = wanted.Type,
            Size = new SizeLots(wanted.Lots),
            Limit = rig.Instrument.ToTicks(wanted.Price),
            TimeInForce = wanted.Time,
        };
        return new ApprovedOrder(Id(wanted.Sequence), default, in intent);
    }

    private protected sealed record Wanted(int Sequence, OrderSide Side, OrderType Type, decimal Price)
    {
        public int Lots { get; init; } = 10;

        public TimeInForce Time { get; init; }
    }
}

using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Reconciliation;

/// <summary>Faults of the order path and of restarts, each on the wire of the built-in exchange: our book ends equal to the exchange's truth.</summary>
public abstract class ReconciliationContractTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract ContractVenue Venue { get; }

    [Fact]
    public async Task F01_CutBeforeTheRequestLeaves_IsProvenAbsent() => await Lost(FaultKind.Cut, isPlaced: false);

    [Fact]
    public async Task F02_ReplyLostAfterAcceptance_IsAdopted() => await Lost(FaultKind.CutAfter, isPlaced: true);

    [Fact]
    public async Task F03_ServerErrorThoughExecuted_IsAdopted() => await Lost(FaultKind.ServerErrorAfter, isPlaced: true);

    [Fact]
    public async Task F04_F06_ServerErrorAndNotExecuted_IsReleasedOnceByProofOrByTheVenuesWord() => await Lost(FaultKind.ServerError, isPlaced: false);

    [Fact]
    public async Task F18_CancelNewsLost_IsFoundByTheNextReading()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Venue.Submit(Limit(rig, 1, 64_000m));
        await Eventually.Holds(() => rig.Reports.Any(r => r.Kind == ExecutionKind.Accepted), "acceptance");
        foreach (string name in Venue.OrderNews)
        {
            rig.Faults.Add(new FaultPlan(FaultKind.Drop) { Match = name });
        }

        (await rig.CancelAsync(new OrderKey(ContractRig.Symbol, new ClientOrderId(1, 1).ToString()))).IsOk.ShouldBeTrue();
        await Eventually.Holds(() => rig.Reports.Any(r => r.Kind == ExecutionKind.Canceled), "the end");
        await Agree(rig, rig.Venue);
    }

    [Fact]
    public async Task F31_EndedBetweenIntentAndSending_IsProvenAbsentAfterTheRestart()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        AccountRecord record = Intended(rig, 1, 64_000m);
        await using TradingVenue second = await Restart(rig, record);
        await Eventually.Holds(() => rig.Reports.Any(r => r.Reason == RejectReason.ProvenAbsent), "the proof");
        rig.TrueOpenClientIds().ShouldBeEmpty();
        await Agree(rig, second);
    }

    [Fact]
    public async Task F32_EndedBetweenSendingAndReply_IsAdoptedAfterTheRestart()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        AccountRecord record = Intended(rig, 1, 64_000m);
        (await rig.PlaceAsync(Request(1, 64_000m))).IsOk.ShouldBeTrue();
        await using TradingVenue second = await Restart(rig, record);
        await Eventually.Holds(() => rig.Reports.Any(r => r.Kind == ExecutionKind.Accepted), "adoption");
        rig.TrueOpenClientIds().ShouldHaveSingleItem();
        rig.Reports.ShouldNotContain(r => r.Kind == ExecutionKind.Rejected);
        await Agree(rig, second);
    }

    [Fact]
    public async Task F33_F35_FilledWhileDown_IsBookedOnceHoweverOftenItRestarts()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        AccountRecord record = Intended(rig, 1, 65_000m);
        await using (TradingVenue first = await Restart(rig, record))
        {
            await Eventually.Holds(() => rig.Reports.Any(r => r.Reason == RejectReason.ProvenAbsent), "an idle start");
        }

        record = Intended(rig, 2, 65_000m, record);
        (await rig.PlaceAsync(Request(2, 65_000m))).IsOk.ShouldBeTrue();
        rig.House(isSell: true, 65_000m, 0.01m);
        for (int start = 0; start < 2; start++)
        {
            await using TradingVenue venue = await Restart(rig, record);
            await Eventually.Holds(() => Filled(rig) == 10, "the fill");
            await Agree(rig, venue);
        }

        // The second start tells it again under the same id: an engine books an id once.
        rig.Reports.Where(r => r.Kind == ExecutionKind.Filled).Select(r => r.TradeId).Distinct().ShouldHaveSingleItem();
        record.Read(book => book.Fills.Count).ShouldBe(1);
    }

    [Fact]
    public async Task F63_ManualTradeInTheSameSymbol_IsTheAccountsAndNoBots()
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        List<Difference> found = [];
        rig.Venue.Session.Found += difference =>
        {
            lock (found)
            {
                found.Add(difference);
            }
        };
        await rig.PlaceAsync(Request(1, 64_000m) with { ClientId = "web-1" });
        await rig.PlaceAsync(Request(2, 0) with { ClientId = "web-2", Type = OrderType.Market });
        await Eventually.Holds(() => Count(DifferenceKind.ForeignOrder) == 1 && Count(DifferenceKind.ForeignFill) == 1, "both are noticed");
        await Agree(rig, rig.Venue);
        rig.Reports.ShouldBeEmpty();
        rig.TrueOpenClientIds().ShouldBe(["web-1"], "it is not touched");
        lock (found)
        {
            found.ShouldAllBe(d => !d.Resolution.HaltsEntries);
        }

        int Count(DifferenceKind kind)
        {
            lock (found)
            {
                return found.Count(d => d.Kind == kind);
            }
        }
    }

    private async Task Lost(FaultKind fault, bool isPlaced)
    {
        await using ContractRig rig = await ContractRig.StartAsync(Venue);
        rig.Faults.Add(new FaultPlan(fault) { Match = "POST", Count = 1 });
        rig.Venue.Submit(Limit(rig, 1, 64_000m));
        ExecutionReport[] settled = [];
        await Eventually.Holds(() => (settled = [.. rig.Reports.Where(r => r.Kind != ExecutionKind.OutcomeUnknown)]).Length == 1, "a settlement");
        settled[0].Kind.ShouldBe(isPlaced ? ExecutionKind.Accepted : ExecutionKind.Rejected);

        // A venue that says "certainly not done" with its error needs no proof, and leaves no doubt.
        bool isDefinite = settled[0].Reason == RejectReason.Throttled && fault == FaultKind.ServerError;
        settled[0].Reason.ShouldBe(isPlaced ? RejectReason.None : isDefinite ? RejectReason.Throttled : RejectReason.ProvenAbsent);
        rig.Reports.Count.ShouldBe(isPlaced ? rig.Reports.Count : isDefinite ? 1 : 2);
        rig.TrueOpenClientIds().Count.ShouldBe(isPlaced ? 1 : 0);
        await Agree(rig, rig.Venue);
    }

    // Position, balances and open orders of the book are the exchange's, and a comparison says so.
    private static async Task Agree(ContractRig rig, TradingVenue venue)
    {
        await Eventually.HoldsAsync(async () => await venue.Session.AgreesAsync(Stop) == true, "position and balances agree");
        await Eventually.Holds(() => venue.Tracker.Record.Read(Open).SequenceEqual(rig.TrueOpenClientIds().Where(id => ClientOrderId.TryParse(id, out _)).Order(StringComparer.Ordinal)), "the open orders");
        if (rig.Instrument.Kind == InstrumentKind.LinearPerpetual)
        {
            await Eventually.Holds(() => venue.Tracker.Record.Read(Held) == rig.TruePosition(), "the position");
        }

        foreach ((string asset, decimal free, decimal locked) in rig.TrueBalances().Where(b => rig.Instrument.Kind == InstrumentKind.Spot))
        {
            await Eventually.Holds(() => venue.Tracker.Record.Read(book => book.Holdings.Balance(new Asset(asset))) == free + locked, asset);
        }

        static List<string> Open(AccountBook book) => [.. book.Working.Where(o => o.Standing == OrderStanding.Working).Select(o => o.ClientId).Order(StringComparer.Ordinal)];

        static decimal Held(AccountBook book) => book.Holdings.Find(new PositionKey(ContractRig.Symbol, PositionSide.Both))?.Net.Quantity ?? 0;
    }

    private static async Task<TradingVenue> Restart(ContractRig rig, AccountRecord record)
    {
        TradingVenue venue = rig.Connect(rig.Credentials, options => options with { Record = record });
        (await venue.StartAsync(Stop)).ShouldBe(VenueResult<bool>.Ok(true));
        return venue;
    }

    // What a journal holds when the process ended just after the intent was written.
    private static AccountRecord Intended(ContractRig rig, int sequence, decimal price, AccountRecord? before = null)
    {
        AccountRecord record = before ?? new AccountRecord();
        OrderTracker tracker = new([rig.Instrument], _ => { }, TimeProvider.System, record);
        tracker.Register(new ClientOrderId(1, sequence), rig.Instrument, Request(sequence, price));
        return record;
    }

    private static OrderRequest Request(int sequence, decimal price) => new()
    {
        Symbol = ContractRig.Symbol,
        ClientId = new ClientOrderId(1, sequence).ToString(),
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Quantity = 0.01m,
        Price = price,
    };

    private static ApprovedOrder Limit(ContractRig rig, int sequence, decimal price)
    {
        OrderIntent intent = new()
        {
            Instrument = rig.Instrument.Id,
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Size = new SizeLots(10),
            Limit = rig.Instrument.ToTicks(price),
        };
        return new ApprovedOrder(new ClientOrderId(1, sequence), default, in intent);
    }

    private static long Filled(ContractRig rig) => rig.Reports.Where(r => r.Kind == ExecutionKind.Filled).DistinctBy(r => r.TradeId).Sum(r => r.Size.Value);
}

public sealed class BinanceSpotReconciliationTests : ReconciliationContractTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.Spot);
}

public sealed class BinanceLinearReconciliationTests : ReconciliationContractTests
{
    private protected override ContractVenue Venue => new BinanceVenue(BinanceMarket.UsdM);
}

public sealed class BybitSpotReconciliationTests : ReconciliationContractTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Spot);
}

public sealed class BybitLinearReconciliationTests : ReconciliationContractTests
{
    private protected override ContractVenue Venue => new BybitVenue(BybitMarket.Linear);
}

using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;
using static Harrier.Exchanges.Tests.Trading.TradingScene;

namespace Harrier.Exchanges.Tests.Trading;

public sealed class OrderRouterTests
{
    private readonly TradingScene _scene = new();

    [Fact]
    public async Task Submit_Accepted_IsReported()
    {
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Eventually.Holds(() => _scene.Reports.Count == 1);
        _scene.Words.ShouldBe(["Accepted"]);
    }

    [Fact]
    public async Task Submit_AtOnce_IsSentBeforeTheCallReturnsAndToldHowLongItTook()
    {
        List<TimeSpan> left = [];
        Timestamp heard = Timestamp.From(_scene.Time.GetUtcNow());
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        await using OrderRouter router = new(_scene.Parts() with { SendsAtOnce = true, Heard = () => heard, Leaves = left.Add });
        _scene.Time.Advance(TimeSpan.FromMicroseconds(150));
        router.Submit(_scene.Approved());
        _scene.Client.Calls.ShouldBe(["place " + Id(1)]);
        _scene.Words.ShouldBe(["Accepted"]);
        left.ShouldBe([TimeSpan.FromMicroseconds(150)]);
    }

    [Fact]
    public async Task Submit_AtOnceOnSpotWhileASaleIsCanceled_WaitsForTheCoins()
    {
        TaskCompletionSource canceling = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim mayAnswer = new();
        OrderIntent sale = new() { Instrument = _scene.Instrument.Id, Side = OrderSide.Sell, Type = OrderType.Limit, Size = new SizeLots(1), Limit = new PriceTicks(300), ReduceOnly = true };
        _scene.Client.OnPlace = request => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open, sequence: request.ClientId == Id(1).ToString() ? 1 : 2) with { Side = OrderSide.Sell });
        _scene.Client.OnCancel = _ =>
        {
            canceling.TrySetResult();
            mayAnswer.Wait(TestContext.Current.CancellationToken);
            return VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Canceled) with { Side = OrderSide.Sell });
        };
        await using OrderRouter router = new(_scene.Parts() with { SendsAtOnce = true });
        router.Submit(_scene.Approved(1, sale));
        router.Cancel(Id(1));
        await canceling.Task;
        router.Submit(_scene.Approved(2, sale with { Type = OrderType.Market, Limit = default }));
        _scene.Client.Calls.ShouldNotContain("place " + Id(2));
        mayAnswer.Set();
        await Eventually.Holds(() => _scene.Client.Calls.Contains("place " + Id(2)));
    }

    [Theory]
    [InlineData(VenueErrorKind.InsufficientFunds, RejectReason.InsufficientBalance)]
    [InlineData(VenueErrorKind.PostOnlyWouldTake, RejectReason.PostOnlyWouldTake)]
    [InlineData(VenueErrorKind.RateLimited, RejectReason.Throttled)]
    [InlineData(VenueErrorKind.MarketClosed, RejectReason.MarketClosed)]
    public async Task Submit_CertainlyNotDone_IsRejectedAndNotAskedAfter(VenueErrorKind kind, RejectReason reason)
    {
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(kind, Outcome.NotDone);
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Eventually.Holds(() => _scene.Reports.Count == 1);
        _scene.Words.ShouldBe(["Rejected " + reason]);
        _scene.Client.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Submit_ReceiptOnly_IsAcceptedOnceTheVenueShowsIt()
    {
        int queries = 0;
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Unknown));
        _scene.Client.OnQuery = _ => ++queries < 3 ? FakeTradingClient.NotFound<VenueOrder>() : VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Eventually.Holds(() => _scene.Client.Calls.Count == 1 && _scene.Tracker.Working is [{ VenueId: not null }]);
        _scene.Reports.ShouldBeEmpty("a receipt is no acceptance");
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["OutcomeUnknown", "Accepted"], "no trace of it for so long is a doubt");
        queries.ShouldBe(3);
    }

    [Fact]
    public async Task Submit_ReceiptAndTheStreamShowsIt_IsNotAskedAfter()
    {
        _scene.Client.OnPlace = _ =>
        {
            _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open));
            return VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Unknown));
        };
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Eventually.Holds(() => _scene.Reports.Count == 1);
        await router.DisposeAsync();
        _scene.Client.Calls.Count.ShouldBe(1);
        _scene.Words.ShouldBe(["Accepted"]);
    }

    [Fact]
    public async Task Cancel_WhileAReceiptIsUnconfirmed_DoesNotWaitForIt()
    {
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Unknown));
        _scene.Client.OnCancel = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Canceled));
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Eventually.Holds(() => _scene.Client.Calls.Count == 1);
        router.Cancel(Id(1));
        await Eventually.Holds(() => _scene.Reports.Count == 1);
        _scene.Words.ShouldBe(["Canceled"]);
    }

    [Theory]
    [InlineData(VenueErrorKind.Timeout)]
    [InlineData(VenueErrorKind.DuplicateOrder)]
    public async Task Submit_Unknown_IsFoundByQueryAndNeverSentAgain(VenueErrorKind kind)
    {
        int queries = 0;
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(kind, Outcome.Unknown);

        // The first answers come from a replica that lags.
        _scene.Client.OnQuery = _ => ++queries < 3 ? FakeTradingClient.NotFound<VenueOrder>() : VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["OutcomeUnknown", "Accepted"]);
        _scene.Client.Calls.Count(c => c.StartsWith("place", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Submit_UnknownAndAbsent_IsRejectedOnlyWhenProved()
    {
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.Timeout, Outcome.Unknown);
        DateTimeOffset sent = _scene.Time.GetUtcNow();
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["OutcomeUnknown", "Rejected ProvenAbsent"]);
        (_scene.Time.GetUtcNow() - sent).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        _scene.Client.Calls.Count(c => c.StartsWith("query", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        _scene.Client.Calls.ShouldContain("trades");
    }

    [Fact]
    public async Task Submit_UnknownLongerThanAPersonShouldWait_IsEscalatedAndProvenLater()
    {
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.Timeout, Outcome.Unknown);
        DateTimeOffset sent = _scene.Time.GetUtcNow();
        await using OrderRouter router = _scene.Router(new UnknownOutcomeOptions { QuietTime = TimeSpan.FromSeconds(65) });
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Reports.Count == 2);
        (_scene.Time.GetUtcNow() - sent).ShouldBeLessThan(TimeSpan.FromSeconds(65));
        _scene.Client.Calls.ShouldContain(c => c.StartsWith("cancel", StringComparison.Ordinal));
        await Passing(() => _scene.Reports.Count == 3);
        _scene.Words.ShouldBe(["OutcomeUnknown", "Escalated", "Rejected ProvenAbsent"]);
        (_scene.Time.GetUtcNow() - sent).ShouldBeGreaterThan(TimeSpan.FromSeconds(65));
    }

    [Fact]
    public async Task Submit_EscalatedThenShown_IsAdopted()
    {
        bool isShown = false;
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.Timeout, Outcome.Unknown);
        _scene.Client.OnQuery = _ => isShown ? VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open)) : FakeTradingClient.NotFound<VenueOrder>();
        await using OrderRouter router = _scene.Router(new UnknownOutcomeOptions { QuietTime = TimeSpan.FromMinutes(10) });
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Reports.Count == 2);
        isShown = true;
        await Passing(() => _scene.Reports.Count == 3);
        _scene.Words.ShouldBe(["OutcomeUnknown", "Escalated", "Accepted"]);
    }

    [Fact]
    public async Task Submit_UnknownAndTradeUnexplained_IsNotRejected()
    {
        List<OrderTrouble> troubles = [];
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.Timeout, Outcome.Unknown);
        _scene.Client.Trades = [Trade(5, 1m)];
        await using OrderRouter router = _scene.Router();
        router.Trouble += t =>
        {
            lock (troubles)
            {
                troubles.Add(t);
            }
        };
        router.Submit(_scene.Approved());
        await Passing(() =>
        {
            lock (troubles)
            {
                return troubles.Exists(t => t.IsUnsettled);
            }
        });
        _scene.Words.ShouldBe(["OutcomeUnknown", "Escalated"]);
    }

    [Fact]
    public async Task Submit_UnknownButSeenOnStream_EndsTheAsking()
    {
        _scene.Client.OnPlace = _ => FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.Network, Outcome.Unknown);
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Client.Calls.Count >= 2);
        _scene.Push(OrderUpdateKind.Accepted, _scene.Shown(VenueOrderStatus.Open));
        DateTimeOffset seen = _scene.Time.GetUtcNow();
        await Passing(() => _scene.Time.GetUtcNow() - seen > TimeSpan.FromSeconds(90));
        _scene.Words.ShouldBe(["OutcomeUnknown", "Accepted"]);
        _scene.Client.Calls.ShouldNotContain("trades");
    }

    [Fact]
    public async Task Cancel_UnknownOrderBecauseItFilled_ReportsTheFill()
    {
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        _scene.Client.OnQuery = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Filled, 1m));
        _scene.Client.Trades = [Trade(5, 1m)];
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        router.Cancel(Id(1));
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["Accepted", "Filled 1000@200"]);
    }

    [Fact]
    public async Task Cancel_LostAnswer_IsRepeatedUntilTheOrderEnded()
    {
        int cancels = 0;
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        _scene.Client.OnQuery = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open));
        _scene.Client.OnCancel = _ => ++cancels == 1
            ? FakeTradingClient.Failed<VenueOrder>(VenueErrorKind.Timeout, Outcome.Unknown)
            : VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Canceled));
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        router.Cancel(Id(1));
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["Accepted", "Canceled"]);
        cancels.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_SeveralAtOnce_AllEndWhetherTheBatchIsAnsweredOrLost(bool isAnswered)
    {
        const int Orders = 7;
        TradingScene scene = new() { Client = new FakeTradingClient { BatchLimit = 10 } };
        FakeTradingClient client = scene.Client;
        client.OnPlace = request => VenueResult<VenueOrder>.Ok(Shown(scene, request.ClientId, VenueOrderStatus.Open));
        client.OnQuery = key => VenueResult<VenueOrder>.Ok(Shown(scene, key.ClientId, VenueOrderStatus.Open));
        client.OnCancel = key => VenueResult<VenueOrder>.Ok(Shown(scene, key.ClientId, VenueOrderStatus.Canceled));

        // One of them is not found in the batch: it is asked for alone.
        client.OnCancelInBatch = isAnswered ? key => key.ClientId == Id(3).ToString() ? FakeTradingClient.NotFound<VenueOrder>() : client.OnCancel(key) : null;
        await using OrderRouter router = scene.Router();
        for (int i = 1; i <= Orders; i++)
        {
            router.Submit(scene.Approved(i));
        }

        await Eventually.Holds(() => scene.Reports.Count == Orders);
        for (int i = 1; i <= Orders; i++)
        {
            router.Cancel(Id(i));
        }

        await Eventually.Holds(() => scene.Reports.Count == 2 * Orders);
        scene.Words.Count(word => word == "Canceled").ShouldBe(Orders);
        scene.Tracker.Working.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_AnswerImpliesUntoldFills_ReadsThem()
    {
        _scene.Client.OnPlace = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Filled, 1m));
        _scene.Client.Trades = [Trade(5, 0.5m), Trade(6, 0.5m)];
        await using OrderRouter router = _scene.Router();
        router.Submit(_scene.Approved());
        await Passing(() => _scene.Reports.Count == 2);
        _scene.Words.ShouldBe(["Filled 500@200", "Filled 500@200"]);
    }

    [Fact]
    public async Task Reconcile_WhatHappenedWhileAway_IsFoundAndHeldNewsFollow()
    {
        _scene.Client.OnPlace = r => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Open, sequence: r.ClientId.EndsWith('1') ? 1 : 2, venueId: r.ClientId.EndsWith('1') ? 7 : 8));
        await using OrderRouter router = _scene.Router();
        AccountSession session = new(_scene.Client, _scene.Tracker, router, _scene.Time);
        router.Submit(_scene.Approved());
        router.Submit(_scene.Approved(2));
        await Eventually.Holds(() => _scene.Reports.Count == 2);
        session.OnLost();
        session.IsSuspect.ShouldBeTrue();

        // While away order 1 filled and order 2 half filled; the stream then tells the other half before the reading is over.
        _scene.Client.OnQuery = _ => VenueResult<VenueOrder>.Ok(_scene.Shown(VenueOrderStatus.Filled, 1m));
        _scene.Client.Open = [_scene.Shown(VenueOrderStatus.PartiallyFilled, 0.5m, 2, 8)];
        _scene.Client.Trades = [Trade(5, 1m), Trade(6, 0.5m, order: 8)];
        session.OnEvent(new OrderUpdate(default, OrderUpdateKind.Traded, _scene.Shown(VenueOrderStatus.Filled, 1m, 2, 8)) { Trade = Trade(9, 0.5m, order: 8) });
        (await session.ReconcileAsync(TestContext.Current.CancellationToken)).IsComplete.ShouldBeTrue();
        _scene.Words.Skip(2).ShouldBe(["Filled 1000@200", "Filled 500@200", "Filled 500@200"], ignoreOrder: true);
        _scene.Reports[^1].TradeId.ShouldBe(9);
        session.IsSuspect.ShouldBeFalse();
        _scene.Tracker.Working.ShouldBeEmpty();
    }

    // Waits are on the scene's clock, which moves only here.
    private static VenueOrder Shown(TradingScene scene, string clientId, VenueOrderStatus status)
    {
        int sequence = Enumerable.Range(1, 9).First(i => Id(i).ToString() == clientId);
        return scene.Shown(status, sequence: sequence, venueId: sequence);
    }

    private async Task Passing(Func<bool> condition) => await Eventually.Holds(() =>
    {
        if (!condition())
        {
            _scene.Time.Advance(TimeSpan.FromMilliseconds(250));
            return false;
        }

        return true;
    });
}

using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using static Harrier.Exchanges.Tests.Requests.BudgetScene;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class RequestBudgetTests : IDisposable
{
    private readonly BudgetScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Acquire_OrderWindowOfTheSystems_HundredPassAndTheNextWaitsUntilJustAfterFiveSeconds()
    {
        for (int i = 0; i < 100; i++)
        {
            (await _scene.Call(RequestPriority.Critical, Orders)).ShouldBe(BudgetRefusal.None);
        }

        Task<BudgetLease> next = _scene.Ask(RequestPriority.Critical, Orders);
        _scene.Waiting.ShouldBe(1);
        _scene.Time.Advance(TimeSpan.FromSeconds(5));
        _scene.Waiting.ShouldBe(1, "a request exactly one window old still counts");
        _scene.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await next).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Acquire_AnswerStillOut_CountsUntilAWindowAfterTheAnswer()
    {
        BudgetLease slow = await _scene.Ask(RequestPriority.Critical, Orders, 100);
        _scene.Time.Advance(TimeSpan.FromSeconds(20));
        _scene.Used(Orders).ShouldBe(100);
        slow.Complete(Fine);
        _scene.Time.Advance(TimeSpan.FromSeconds(5));
        _scene.Used(Orders).ShouldBe(100);
        _scene.Time.Advance(TimeSpan.FromTicks(1));
        _scene.Used(Orders).ShouldBe(0);
    }

    [Fact]
    public async Task Acquire_ManyWait_LeaveInTheSystemsHeapOrder()
    {
        using BudgetScene scene = new(new RequestBudgetOptions { Rules = Rules, AcquireTimeout = TimeSpan.FromMinutes(10) });
        BudgetLease all = await scene.Ask(RequestPriority.Critical, Weight, 1000);
        List<string> left = [];
        async Task Wait(RequestPriority priority, string name)
        {
            using BudgetLease lease = await scene.Ask(priority, Weight, 800);
            lease.Complete(Fine);
            left.Add(name);
        }

        Task[] waiters =
        [
            Wait(RequestPriority.Low, "LOW1"), Wait(RequestPriority.Medium, "MEDIUM2"), Wait(RequestPriority.Critical, "CRITICAL3"),
            Wait(RequestPriority.High, "HIGH4"), Wait(RequestPriority.Critical, "CRITICAL5"),
        ];
        all.Complete(Fine);
        for (int i = 0; i < waiters.Length; i++)
        {
            scene.Time.Advance(TimeSpan.FromSeconds(60.001));
            await Support.Eventually.Holds(() => left.Count == i + 1);
        }

        left.ShouldBe(["CRITICAL3", "CRITICAL5", "HIGH4", "MEDIUM2", "LOW1"]);
        await Task.WhenAll(waiters);
    }

    [Fact]
    public async Task Acquire_LowNewcomerWithRoomOfItsOwn_DoesNotOvertakeAWaitingHigherOne()
    {
        await _scene.Call(RequestPriority.Critical, Weight, 700);
        Task<BudgetLease> high = _scene.Ask(RequestPriority.High, Weight, 200);
        Task<BudgetLease> low = _scene.Ask(RequestPriority.Low, Weight, 1);
        _scene.Waiting.ShouldBe(2, "1 would fit, but it would take what the higher one waits for");
        _scene.Time.Advance(TimeSpan.FromSeconds(29));
        _scene.Waiting.ShouldBe(2);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        (await high).Refusal.ShouldBe(BudgetRefusal.Timeout);
        (await low).IsGranted.ShouldBeTrue("nothing holds it any more");
    }

    [Fact]
    public async Task Acquire_OtherRuleIsFull_DoesNotHoldUpRequestsOfThisOne()
    {
        await _scene.Call(RequestPriority.Critical, Orders, 100);
        Task<BudgetLease> order = _scene.Ask(
            new BudgetRequest(RequestPriority.Critical, new RequestCost[] { new(Orders, 1), new(Weight, 300) }));
        _scene.Waiting.ShouldBe(1);

        (await _scene.Call(RequestPriority.Low, Weight, 500)).ShouldBe(BudgetRefusal.None);
        Task<BudgetLease> more = _scene.Ask(RequestPriority.Low, Weight, 1);
        _scene.Waiting.ShouldBe(2, "the weight that the order needs is put aside for it");
        _scene.Time.Advance(TimeSpan.FromSeconds(6));
        (await order).IsGranted.ShouldBeTrue();
        more.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Acquire_LowerClassesAndEntriesSpentAllTheyMay_CancelsStillHaveAFifth()
    {
        (await _scene.Call(RequestPriority.Medium, Orders, 80)).ShouldBe(BudgetRefusal.None);
        Task<BudgetLease> high = _scene.Ask(RequestPriority.High, Orders);
        Task<BudgetLease> entry = _scene.AskEntry(Orders);
        _scene.Waiting.ShouldBe(2);
        for (int i = 0; i < 20; i++)
        {
            (await _scene.Call(RequestPriority.Critical, Orders)).ShouldBe(BudgetRefusal.None);
        }

        _ = _scene.Ask(RequestPriority.Critical, Orders);
        _scene.Waiting.ShouldBe(3);
        high.IsCompleted.ShouldBeFalse();
        entry.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Acquire_WaitersTimeOutOrAreCanceled_LeaveNoGhost()
    {
        await _scene.Call(RequestPriority.Critical, Weight, 1000);
        using CancellationTokenSource source = new();
        Task<BudgetLease> canceled = _scene.AskUntil(RequestPriority.Critical, 600, source.Token);
        Task<BudgetLease> late = _scene.Ask(RequestPriority.Critical, Weight, 600);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(canceled);
        _scene.Time.Advance(TimeSpan.FromSeconds(30));
        (await late).Refusal.ShouldBe(BudgetRefusal.Timeout);

        _scene.Waiting.ShouldBe(0);
        _scene.Time.Advance(TimeSpan.FromSeconds(31));
        _scene.Used(Weight).ShouldBe(0);
        _scene.Budget.Statistics.BlockedRequests.ShouldBe(1);
        _scene.Budget.Statistics.QueuedRequests.ShouldBe(2);
        _scene.Budget.Statistics.TotalRequests.ShouldBe(3);
    }

    [Fact]
    public async Task Acquire_QueueIsFull_RefusesTheNewcomerUnlessItRanksHigher()
    {
        await _scene.Call(RequestPriority.Critical, Weight, 1000);
        List<Task<BudgetLease>> lows = [];
        for (int i = 0; i < 1000; i++)
        {
            lows.Add(_scene.Ask(RequestPriority.Low, Weight));
        }

        (await _scene.Ask(RequestPriority.Low, Weight)).Refusal.ShouldBe(BudgetRefusal.QueueFull);
        Task<BudgetLease> cancel = _scene.Ask(RequestPriority.Critical, Weight);
        (await lows[^1]).Refusal.ShouldBe(BudgetRefusal.QueueFull, "the last of the lowest class makes way");
        _scene.Waiting.ShouldBe(1000);
        cancel.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Complete_TooManyRequests_StopsEverythingUntilRetryAfter()
    {
        await _scene.Call(RequestPriority.Medium, Weight, 1, TooMany(TimeSpan.FromSeconds(7)));
        Task<BudgetLease> cancel = _scene.Ask(RequestPriority.Critical, Orders);
        _scene.Time.Advance(TimeSpan.FromSeconds(6.9));
        _scene.Waiting.ShouldBe(1);
        _scene.Time.Advance(TimeSpan.FromSeconds(0.1));
        (await cancel).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_AccountsOrderLimitExceeded_StopsOrdersOnly()
    {
        await _scene.Call(RequestPriority.Critical, Orders, 1, TooMany(rule: Orders));
        (await _scene.Call(RequestPriority.Medium, Weight)).ShouldBe(BudgetRefusal.None);
        Task<BudgetLease> order = _scene.Ask(RequestPriority.Critical, Orders);
        _scene.Waiting.ShouldBe(1);
        _scene.Time.Advance(TimeSpan.FromSeconds(5));
        (await order).IsGranted.ShouldBeTrue("one window of the rule, when the venue names no time");
    }

    [Fact]
    public async Task Complete_Banned_RefusesAtOnceForTheWholeBan()
    {
        await _scene.Call(RequestPriority.Medium, Weight, 1, new RequestFeedback(418, VenueErrorKind.Banned) { RetryAfter = TimeSpan.FromMinutes(30) });
        using BudgetLease refused = await _scene.Ask(RequestPriority.Critical, Orders);
        refused.Refusal.ShouldBe(BudgetRefusal.Banned);
        refused.RetryAfter.ShouldBe(TimeSpan.FromMinutes(30));
        _scene.Time.Advance(TimeSpan.FromMinutes(30));
        (await _scene.Call(RequestPriority.Critical, Orders)).ShouldBe(BudgetRefusal.None);
    }

    [Fact]
    public async Task Acquire_FiveRateLimitErrors_CircuitRefusesForAMinuteThenLetsThreeProbes()
    {
        for (int i = 0; i < 5; i++)
        {
            await _scene.Call(RequestPriority.Medium, Weight, 1, TooMany(TimeSpan.Zero));
        }

        (await _scene.Ask(RequestPriority.Critical, Weight)).Refusal.ShouldBe(BudgetRefusal.CircuitOpen);
        _scene.Time.Advance(TimeSpan.FromSeconds(60));
        BudgetLease[] probes = [await _scene.Ask(RequestPriority.Critical, Weight), await _scene.Ask(RequestPriority.Critical, Weight), await _scene.Ask(RequestPriority.Critical, Weight)];
        probes.ShouldAllBe(p => p.IsGranted);
        (await _scene.Ask(RequestPriority.Critical, Weight)).Refusal.ShouldBe(BudgetRefusal.CircuitOpen);
        probes[0].Dispose();
        (await _scene.Ask(RequestPriority.Critical, Weight)).IsGranted.ShouldBeTrue("a probe without a verdict gives its place back");
        probes[1].Complete(Fine);
        _scene.Budget.Statistics.CircuitState.ShouldBe(CircuitState.Closed);
        _scene.Budget.Statistics.CircuitTrips.ShouldBe(1);
    }

    [Fact]
    public async Task Acquire_HeavierThanItsClassMayEverSpend_IsRefusedAtOnce()
    {
        (await _scene.Ask(RequestPriority.Medium, Weight, 801)).Refusal.ShouldBe(BudgetRefusal.CannotFit);
        (await _scene.Ask(RequestPriority.Critical, Weight, 1000)).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public void Acquire_UnknownRule_SaysWhichThereAre() =>
        Should.Throw<ArgumentException>(() => { _ = _scene.Ask(RequestPriority.Low, "wieght"); }).Message.ShouldContain("orders, weight");

    [Fact]
    public async Task Revise_LimitsRaisedByTheVenue_LetWaitersGo()
    {
        await _scene.Call(RequestPriority.Critical, Orders, 100);
        Task<BudgetLease> waiting = _scene.Ask(RequestPriority.Critical, Orders, 50);
        _scene.Budget.Revise(new BudgetRule(Orders, 200, TimeSpan.FromSeconds(10), PerAccount: true));
        (await waiting).IsGranted.ShouldBeTrue();
        _scene.Used(Orders).ShouldBe(150);
    }

    [Fact]
    public async Task Return_RequestNeverSent_SpendsNothing()
    {
        BudgetLease lease = await _scene.Ask(RequestPriority.Critical, Orders, 40);
        lease.Return();
        lease.Complete(Fine);
        lease.Dispose();
        _scene.Used(Orders).ShouldBe(0);
    }

    [Fact]
    public async Task Acquire_VenueStruggles_PacesLowerClassesButNeverCriticalOnes()
    {
        for (int i = 0; i < 12; i++)
        {
            await _scene.Call(RequestPriority.Critical, Weight, 1, new RequestFeedback(503, VenueErrorKind.Overloaded));
        }

        _scene.Budget.Statistics.AdaptiveDelay.ShouldBe(TimeSpan.FromMilliseconds(30));
        (await _scene.Call(RequestPriority.Medium, Weight)).ShouldBe(BudgetRefusal.None);
        Task<BudgetLease> second = _scene.Ask(RequestPriority.Medium, Weight);
        _scene.Waiting.ShouldBe(1);
        (await _scene.Call(RequestPriority.Critical, Weight)).ShouldBe(BudgetRefusal.None);
        _scene.Time.Advance(TimeSpan.FromMilliseconds(30));
        (await second).IsGranted.ShouldBeTrue();
    }
}

using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>Life, sharing and bounds of kept prices; no test waits for real time.</summary>
public sealed class RateCacheTests
{
    private static readonly RatePair Pair = new(new Asset("BTC"), new Asset("USD"));
    private readonly ManualTimeProvider _time = new();
    private readonly List<(RatePair Pair, TaskCompletionSource<ConversionAnswer<ConversionRate>> Answer, CancellationToken Stop)> _asked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(0.999)]
    [InlineData(60.001)]
    [InlineData(-1)]
    public void Constructor_LifeOutsideOf1To60Seconds_Throws(double seconds) =>
        Should.Throw<ArgumentException>(() => Cache(seconds)).Message.ShouldContain("1 to 60 seconds");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(60)]
    public async Task GetAsync_UntilTheLastInstantOfItsLife_IsTheKeptPrice(int seconds)
    {
        RateCache cache = Cache(seconds);
        ConversionRate first = await Asked(cache, 100);

        _time.Advance(TimeSpan.FromSeconds(seconds));
        cache.NeedsRefresh(Pair).ShouldBeFalse("an age equal to the life is still valid");
        (await cache.GetAsync(Pair, Stop)).Value.ShouldBe(first);

        _time.Advance(TimeSpan.FromTicks(1));
        cache.NeedsRefresh(Pair).ShouldBeTrue();
        (await Asked(cache, 101)).Bid.ShouldBe(101);
        cache.Statistics.ShouldBe(new RateCacheStatistics(Hits: 1, Misses: 2, Shared: 0, Evictions: 0, Errors: 0, Size: 1));
    }

    [Fact]
    public void NeedsRefresh_APairNeverAsked_IsTrue() => Cache().NeedsRefresh(Pair).ShouldBeTrue();

    [Fact]
    public async Task GetAsync_ManyAtOnce_ShareOneQuestion()
    {
        RateCache cache = Cache();
        Task<ConversionAnswer<ConversionRate>>[] callers = [.. Enumerable.Range(0, 50).Select(_ => cache.GetAsync(Pair, Stop))];

        _asked.Count.ShouldBe(1);
        _asked[0].Answer.SetResult(Answer(Pair, 7));

        foreach (ConversionAnswer<ConversionRate> answer in await Task.WhenAll(callers))
        {
            answer.Value!.Bid.ShouldBe(7);
        }

        cache.Statistics.ShouldBe(new RateCacheStatistics(Hits: 0, Misses: 1, Shared: 49, Evictions: 0, Errors: 0, Size: 1));
    }

    [Fact]
    public async Task GetAsync_FromManyThreads_AsksOnce()
    {
        int questions = 0;
        TaskCompletionSource<ConversionAnswer<ConversionRate>> held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RateCache cache = new(
            new RateCacheOptions(),
            (_, _) =>
            {
                Interlocked.Increment(ref questions);
                return held.Task;
            },
            _time);
        using Barrier together = new(4);
        Task<ConversionAnswer<ConversionRate>>[] callers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait(Stop);
                return cache.GetAsync(Pair, Stop);
            },
            Stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap())];
        await Eventually.Holds(() => cache.Statistics is { Misses: 1, Shared: 3 }, "four callers");

        held.SetResult(Answer(Pair, 1));

        (await Task.WhenAll(callers)).Length.ShouldBe(4);
        questions.ShouldBe(1);
    }

    [Fact]
    public async Task GetAsync_OneOfSeveralGivesUp_TheOthersGetTheirAnswer()
    {
        RateCache cache = Cache();
        using CancellationTokenSource impatient = new();
        Task<ConversionAnswer<ConversionRate>> first = cache.GetAsync(Pair, impatient.Token);
        Task<ConversionAnswer<ConversionRate>> second = cache.GetAsync(Pair, Stop);

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        _asked[0].Stop.IsCancellationRequested.ShouldBeFalse("somebody still waits");
        _asked[0].Answer.SetResult(Answer(Pair, 5));

        (await second).Value!.Bid.ShouldBe(5);
        _asked.Count.ShouldBe(1);
        (await cache.GetAsync(Pair, Stop)).Value!.Bid.ShouldBe(5);
    }

    [Fact]
    public async Task GetAsync_AllGiveUp_TheQuestionEndsAndTheNextCallerAsksAgain()
    {
        RateCache cache = Cache();
        using CancellationTokenSource impatient = new();
        Task<ConversionAnswer<ConversionRate>>[] callers = [cache.GetAsync(Pair, impatient.Token), cache.GetAsync(Pair, impatient.Token)];

        await impatient.CancelAsync();
        foreach (Task<ConversionAnswer<ConversionRate>> caller in callers)
        {
            await Should.ThrowAsync<OperationCanceledException>(caller);
        }

        await Eventually.Holds(() => _asked[0].Stop.IsCancellationRequested, "the end of the question");
        Task<ConversionAnswer<ConversionRate>> next = cache.GetAsync(Pair, Stop);
        _asked.Count.ShouldBe(2);
        _asked[0].Answer.SetResult(Answer(Pair, 1));
        _asked[1].Answer.SetResult(Answer(Pair, 2));
        (await next).Value!.Bid.ShouldBe(2);
        (await cache.GetAsync(Pair, Stop)).Value!.Bid.ShouldBe(2, "a late answer to a question nobody waits for is not kept");
    }

    [Fact]
    public async Task GetAsync_CanceledBefore_AsksNothing()
    {
        using CancellationTokenSource done = new();
        await done.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Cache().GetAsync(Pair, done.Token));
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetAsync_ARefusal_IsToldToAllAndNotKept()
    {
        RateCache cache = Cache();
        Task<ConversionAnswer<ConversionRate>>[] callers = [cache.GetAsync(Pair, Stop), cache.GetAsync(Pair, Stop)];
        _asked[0].Answer.SetResult(new ConversionAnswer<ConversionRate>(null, RejectReason.Unreachable, "down"));

        (await Task.WhenAll(callers)).ShouldAllBe(a => a.Detail == "down");
        cache.NeedsRefresh(Pair).ShouldBeTrue();
        (await Asked(cache, 3)).Bid.ShouldBe(3);
        cache.Statistics.Errors.ShouldBe(1);
    }

    [Fact]
    public async Task GetAsync_TheQuestionThrows_IsThrownToAllAndNotKept()
    {
        RateCache cache = Cache();
        Task<ConversionAnswer<ConversionRate>>[] callers = [cache.GetAsync(Pair, Stop), cache.GetAsync(Pair, Stop)];
        _asked[0].Answer.SetException(new InvalidOperationException("broken"));

        foreach (Task<ConversionAnswer<ConversionRate>> caller in callers)
        {
            (await Should.ThrowAsync<InvalidOperationException>(caller)).Message.ShouldBe("broken");
        }

        cache.Statistics.ShouldBe(new RateCacheStatistics(0, 1, 1, 0, 1, 0));
    }

    [Fact]
    public async Task GetAsync_MorePairsThanFit_TheOneNotAskedForLongestMakesRoom()
    {
        RateCache cache = Cache(capacity: 2);
        (RatePair a, RatePair b, RatePair c) = (Named("A"), Named("B"), Named("C"));
        await Asked(cache, 1, a);
        await Asked(cache, 2, b);
        await cache.GetAsync(a, Stop);
        await Asked(cache, 3, c);

        cache.Statistics.Evictions.ShouldBe(1);
        cache.Statistics.Size.ShouldBe(2);
        cache.NeedsRefresh(a).ShouldBeFalse();
        cache.NeedsRefresh(b).ShouldBeTrue();
        cache.NeedsRefresh(c).ShouldBeFalse();
    }

    [Fact]
    public async Task All_SomeTooOld_GivesTheValidOnesAlone()
    {
        RateCache cache = Cache(3);
        await Asked(cache, 1, Named("OLD"));
        _time.Advance(TimeSpan.FromSeconds(2));
        await Asked(cache, 2, Named("B"));
        await Asked(cache, 3, Named("A"));
        _time.Advance(TimeSpan.FromSeconds(1.5));

        cache.All().Select(r => r.Base.Code).ShouldBe(["A", "B"]);
    }

    [Fact]
    public async Task Clear_APair_ForgetsItAlone()
    {
        RateCache cache = Cache();
        await Asked(cache, 1, Named("A"));
        await Asked(cache, 2, Named("B"));

        cache.Clear(Named("A"));

        cache.NeedsRefresh(Named("A")).ShouldBeTrue();
        cache.NeedsRefresh(Named("B")).ShouldBeFalse();
        cache.ClearAll();
        cache.All().ShouldBeEmpty();
        cache.Statistics.Size.ShouldBe(0);
    }

    [Fact]
    public async Task Clear_WhileAsked_WhatWasUnderWayIsAnsweredAndNotKept()
    {
        RateCache cache = Cache();
        Task<ConversionAnswer<ConversionRate>> caller = cache.GetAsync(Pair, Stop);
        cache.Clear(Pair);
        _asked[0].Answer.SetResult(Answer(Pair, 9));

        (await caller).Value!.Bid.ShouldBe(9);
        cache.NeedsRefresh(Pair).ShouldBeTrue();
    }

    [Fact]
    public async Task GetAsync_TheAnswerTakesLong_ItsAgeCountsFromTheQuestion()
    {
        RateCache cache = Cache(3);
        Task<ConversionAnswer<ConversionRate>> caller = cache.GetAsync(Pair, Stop);
        _time.Advance(TimeSpan.FromSeconds(2));
        _asked[0].Answer.SetResult(Answer(Pair, 9));
        await caller;

        _time.Advance(TimeSpan.FromSeconds(1.5));
        cache.NeedsRefresh(Pair).ShouldBeTrue();
    }

    [Fact]
    public void Mid_OfTheGuidesPrices_LiesBetween() =>
        new ConversionRate(Pair.Base, Pair.Quote, 45_000, 45_100, default).Mid.ShouldBe(45_050);

    private static RatePair Named(string code) => new(new Asset(code), new Asset("USD"));

    private static ConversionAnswer<ConversionRate> Answer(RatePair pair, decimal price) =>
        new(new ConversionRate(pair.Base, pair.Quote, price, price + 1, default), RejectReason.None, "");

    private RateCache Cache(double seconds = 3, int capacity = 1000) => new(
        new RateCacheOptions { Life = TimeSpan.FromSeconds(seconds), Capacity = capacity },
        (pair, stop) =>
        {
            TaskCompletionSource<ConversionAnswer<ConversionRate>> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Add((pair, answer, stop));
            return answer.Task;
        },
        _time);

    private async Task<ConversionRate> Asked(RateCache cache, decimal price, RatePair? pair = null)
    {
        int before = _asked.Count;
        Task<ConversionAnswer<ConversionRate>> caller = cache.GetAsync(pair ?? Pair, Stop);
        _asked.Count.ShouldBe(before + 1);
        _asked[^1].Answer.SetResult(Answer(pair ?? Pair, price));
        return (await caller).Value!;
    }
}

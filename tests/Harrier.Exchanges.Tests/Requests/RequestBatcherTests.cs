using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class RequestBatcherTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _sent = [];

    [Fact]
    public async Task Ask_WithinTheGatheringTime_OneCallAndEachItsOwnAnswer()
    {
        using RequestBatcher<string, int> batcher = Batcher(largest: 10);
        Task<int> a = batcher.AskAsync("a");
        Task<int> b = batcher.AskAsync("bb");
        _sent.ShouldBeEmpty();
        _time.Advance(TimeSpan.FromMilliseconds(5));
        (await a).ShouldBe(1);
        (await b).ShouldBe(2);
        _sent.ShouldBe(["a,bb"]);
    }

    [Fact]
    public async Task Ask_GroupIsFull_LeavesAtOnce()
    {
        using RequestBatcher<string, int> batcher = Batcher(largest: 2);
        await Task.WhenAll(batcher.AskAsync("a"), batcher.AskAsync("b"));
        _ = batcher.AskAsync("c");
        _sent.ShouldBe(["a,b"]);
    }

    [Fact]
    public async Task Ask_CallGivesTooFewAnswers_AllWhoWaitFail()
    {
        using RequestBatcher<string, int> batcher = new(2, TimeSpan.FromSeconds(1), _ => Task.FromResult<IReadOnlyList<int>>([1]), _time);
        Task<int> a = batcher.AskAsync("a");
        Task<int> b = batcher.AskAsync("b");
        await Should.ThrowAsync<InvalidOperationException>(a);
        await Should.ThrowAsync<InvalidOperationException>(b);
    }

    [Fact]
    public async Task Dispose_ItemsGathered_AreSent()
    {
        RequestBatcher<string, int> batcher = Batcher(largest: 10);
        Task<int> a = batcher.AskAsync("abc");
        batcher.Dispose();
        (await a).ShouldBe(3);
    }

    private RequestBatcher<string, int> Batcher(int largest) => new(
        largest,
        TimeSpan.FromMilliseconds(5),
        items =>
        {
            _sent.Add(string.Join(",", items));
            return Task.FromResult<IReadOnlyList<int>>([.. items.Select(i => i.Length)]);
        },
        _time);
}

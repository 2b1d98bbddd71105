using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Tests.Books;

public sealed class BookSynchronizerTests : IBookOwner
{
    private readonly BookSynchronizer _book;
    private readonly List<int> _requests = [];
    private readonly List<MarketEvent> _events = [];
    private readonly List<BookFault> _faults = [];
    private int _givenUp;

    public BookSynchronizerTests() => _book = new BookSynchronizer(new InstrumentId(0), new SpotContinuity(), this);

    [Fact]
    public void OnSnapshot_WithUpdatesThatJoin_VerifiesAndEmitsOneWholeBatch()
    {
        _book.OnConnected(At(0));
        Update(1, 95, 100, Bid(99, 1));
        Update(2, 101, 110, Bid(98, 2));
        _requests.ShouldBe([1]);
        _book.State.ShouldBe(BookState.Rebuilding);

        Snapshot(3, 1, 105, Bid(97, 5), Ask(101, 5));
        _book.State.ShouldBe(BookState.Verified);
        _book.LastUpdateId.ShouldBe(110);
        _book.VerifiedBook.ShouldNotBeNull().Bids.Count.ShouldBe(2);
        _events.Select(change => change.Kind).ShouldBe([MarketEventKind.BookClear, MarketEventKind.BookLevel, MarketEventKind.BookLevel, MarketEventKind.BookLevel]);
        _events.Select(change => change.LastInBatch).ShouldBe([false, false, false, true]);
        _book.Statistics(At(3)).TimeUnverified.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void OnUpdate_AfterAGap_TakesTheBookAwayAndAsksAgain()
    {
        Verify(100);
        Update(70, 101, 102, Bid(97, 1));
        Update(71, 104, 105, Bid(96, 1));

        _book.VerifiedBook.ShouldBeNull();
        _faults.ShouldBe([BookFault.Gap]);
        _requests.ShouldBe([1, 2]);
        Snapshot(72, 2, 102, Bid(97, 1));
        _book.State.ShouldBe(BookState.Suspect, "the snapshot is older than the first update kept");
        Update(72, 106, 107, Bid(95, 1));
        _requests.Count.ShouldBe(2, "the next request has to wait");
        Update(74, 108, 108, Bid(94, 1));
        Snapshot(75, 3, 107, Bid(90, 1));
        _book.LastUpdateId.ShouldBe(108);
        _book.Statistics(At(75)).ShouldSatisfyAllConditions(
            statistics => statistics.Gaps.ShouldBe(1), statistics => statistics.SnapshotsTooOld.ShouldBe(1), statistics => statistics.Resyncs.ShouldBe(2));
    }

    [Fact]
    public void OnUpdate_ThatCrossesTheBook_TakesItAway()
    {
        Verify(100);
        Update(70, 101, 101, Bid(200, 1));
        _book.VerifiedBook.ShouldBeNull();
        _faults.ShouldBe([BookFault.Crossed]);
        _events[^1].Price.Value.ShouldNotBe(200, "the engine must not see the change");
    }

    [Fact]
    public void OnUpdate_SeenBefore_IsIgnored()
    {
        Verify(100);
        Update(70, 101, 103, Bid(97, 1));
        int events = _events.Count;
        Update(70, 101, 103, Bid(97, 9));
        _events.Count.ShouldBe(events);
        _book.Statistics(At(70)).Stale.ShouldBe(1);
        _book.State.ShouldBe(BookState.Verified);
    }

    [Fact]
    public void Poll_OnASilentStream_AsksForASnapshotAllTheSame()
    {
        _book.OnConnected(At(0));
        _book.Poll(At(1));
        _requests.ShouldBeEmpty();
        _book.Poll(At(2));
        Snapshot(3, 1, 50, Bid(5, 5));
        _book.State.ShouldBe(BookState.Verified);
        Update(4, 49, 51, Bid(5, 6));
        _book.LastUpdateId.ShouldBe(51);
    }

    [Fact]
    public void Poll_AfterTheStreamFellSilent_WaitsForALiveUpdate()
    {
        Verify(100);
        _book.MarkSuspect(BookFault.Stale, At(70));
        _book.Poll(At(80));
        _requests.Count.ShouldBe(1, "a snapshot alone would freeze in the same way");
        Update(81, 120, 121, Bid(97, 1));
        _requests.Count.ShouldBe(2);
        Snapshot(82, 2, 120, Bid(97, 2), Ask(101, 5));
        _book.State.ShouldBe(BookState.Verified);
        _book.LastUpdateId.ShouldBe(121);
    }

    [Fact]
    public void Poll_WithoutAnswers_AsksEverMoreSeldomAndReportsOnce()
    {
        _book.OnConnected(At(0));
        List<int> asked = [];
        for (int second = 2; second < 3_600; second++)
        {
            int before = _requests.Count;
            _book.Poll(At(second));
            if (_requests.Count > before)
            {
                asked.Add(second);
            }
        }

        _givenUp.ShouldBe(1);
        asked.Count.ShouldBeInRange(16, 24);
        asked.Zip(asked.Skip(1), (earlier, later) => later - earlier).ShouldBe(
            asked.Zip(asked.Skip(1), (earlier, later) => later - earlier).Order(), "each pause is at least as long as the one before");
    }

    [Fact]
    public void OnSnapshot_OfAnEarlierConnection_IsIgnored()
    {
        _book.OnConnected(At(0));
        Update(1, 1, 2, Bid(5, 5));
        _book.OnConnected(At(2));
        Snapshot(3, 1, 2, Bid(5, 5));
        _book.State.ShouldBe(BookState.Rebuilding);
        _book.VerifiedBook.ShouldBeNull();
    }

    [Fact]
    public void OnSnapshotFailed_WithRetryAfter_WaitsAsLong()
    {
        _book.OnConnected(At(0));
        _book.Poll(At(2));
        _book.OnSnapshotFailed(1, At(3), TimeSpan.FromSeconds(100));
        _book.Poll(At(102));
        _requests.Count.ShouldBe(1);
        _book.Poll(At(103));
        _requests.Count.ShouldBe(2);
    }

    [Fact]
    public void OnUpdate_WithMoreThanCanBeKept_DropsAndCounts()
    {
        BookSynchronizer book = new(new InstrumentId(0), new SpotContinuity(), this, new BookSynchronizerOptions { MaxBufferedChanges = 3 });
        book.OnConnected(At(0));
        for (int id = 1; id <= 4; id++)
        {
            book.OnUpdate(new DepthUpdate { FirstId = id, FinalId = id, ReceivedTime = At(1), Changes = [Bid(5, id)] });
        }

        book.Statistics(At(1)).Dropped.ShouldBe(4);
        book.OnSnapshot(new DepthSnapshot { Request = 1, LastUpdateId = 2, ReceivedTime = At(2), Levels = [Bid(5, 2)] });
        book.OnUpdate(new DepthUpdate { FirstId = 5, FinalId = 5, ReceivedTime = At(3), Changes = [Bid(5, 9)] });
        book.VerifiedBook.ShouldBeNull("updates 3 and 4 were dropped");
    }

    void IBookOwner.RequestSnapshot(InstrumentId instrument, int request) => _requests.Add(request);

    void IBookOwner.OnBookEvent(in MarketEvent change) => _events.Add(change);

    void IBookOwner.OnBookFault(in FeedFault fault, BookFault reason) => _faults.Add(reason);

    void IBookOwner.OnGivenUp(InstrumentId instrument, int attempts) => _givenUp++;

    private static Timestamp At(int second) => Timestamp.FromUnixSeconds(second);

    private static LevelChange Bid(long ticks, long lots) => new(ticks, lots, IsAsk: false);

    private static LevelChange Ask(long ticks, long lots) => new(ticks, lots, IsAsk: true);

    private void Verify(long id)
    {
        _book.OnConnected(At(0));
        _book.Poll(At(2));
        Snapshot(3, 1, id, Bid(97, 5), Ask(101, 5));
        _book.State.ShouldBe(BookState.Verified);
    }

    private void Update(int second, long first, long final, params LevelChange[] changes) =>
        _book.OnUpdate(new DepthUpdate { FirstId = first, FinalId = final, ReceivedTime = At(second), Changes = changes });

    private void Snapshot(int second, int request, long id, params LevelChange[] levels) =>
        _book.OnSnapshot(new DepthSnapshot { Request = request, LastUpdateId = id, ReceivedTime = At(second), Levels = levels });
}

using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Books;

/// <summary>Books whose snapshots come on the stream.</summary>
public sealed class PushedBookTests : IBookOwner
{
    private static readonly Instrument _instrument = TestInstruments.Make(0, "AAAUSDT", 1, 1);

    private readonly BookSynchronizer _book;
    private readonly PushedBook _pushed;
    private readonly MarketState _engine = new(new InstrumentTable([_instrument]));
    private readonly List<BookFault> _faults = [];
    private int _renewals;

    public PushedBookTests()
    {
        _book = new BookSynchronizer(_instrument.Id, new PushedContinuity(), this);
        _pushed = new PushedBook(_book);
    }

    [Fact]
    public void OnSnapshot_BeforeTheFeedIsToldThatItIsOpen_IsTaken()
    {
        Snapshot(7, 1, (10, 1), (-12, 1));
        _book.State.ShouldBe(BookState.Verified);
        _renewals.ShouldBe(0);
    }

    [Fact]
    public void OnUpdate_Next_IsAppliedAndAGapAsksForASnapshot()
    {
        Snapshot(7, 1, (10, 1), (-12, 1));
        Update(8, 2, (10, 0), (11, 5));
        Top().ShouldBe((11, 12));
        Update(10, 3, (9, 1));
        _book.State.ShouldNotBe(BookState.Verified);
        _faults.ShouldBe([BookFault.Gap]);

        // The pause after the last snapshot first, then it is asked for by subscribing again.
        _book.Poll(At(5));
        _renewals.ShouldBe(1);
        Snapshot(12, 6, (8, 1), (-9, 1));
        _book.State.ShouldBe(BookState.Verified);
        Top().ShouldBe((8, 9));
        Update(13, 7, (-9, 3));

        // The second hole is between what was kept meanwhile and the snapshot.
        _book.Statistics(default).Gaps.ShouldBe(2);
    }

    [Fact]
    public void OnSnapshot_Unasked_ReplacesTheBookWithoutAFault()
    {
        Snapshot(7, 1, (10, 1), (9, 2), (-12, 1), (-13, 4));
        Snapshot(20, 2, (8, 3), (-11, 1));
        _book.State.ShouldBe(BookState.Verified);
        _faults.ShouldBeEmpty();
        Levels().ShouldBe("8x3 | 11x1");
        Update(21, 3, (8, 5));
        Levels().ShouldBe("8x5 | 11x1");
    }

    [Fact]
    public void OnSnapshot_CountingBeginsAnew_OverwritesWhateverItsIdIs()
    {
        Snapshot(7000, 1, (10, 1), (-12, 1));
        Snapshot(1, 2, (8, 3), (-11, 1));
        Levels().ShouldBe("8x3 | 11x1");
        Update(2, 3, (8, 1));
        Levels().ShouldBe("8x1 | 11x1");
        _faults.ShouldBeEmpty();
    }

    [Fact]
    public void OnSnapshot_CountingBeginsAnewBehindAGap_IsNotTakenForOld()
    {
        Snapshot(7000, 1, (10, 1), (-12, 1));
        Update(7005, 2, (9, 1));
        _book.Poll(At(10));
        Snapshot(1, 11, (8, 3), (-11, 1));
        _book.Poll(At(100));
        Snapshot(1, 101, (8, 3), (-11, 1));
        Levels().ShouldBe("8x3 | 11x1");
    }

    [Fact]
    public void OnSnapshot_OfANewerSessionThatIsBehind_DoesNotTurnTheBookBack()
    {
        Snapshot(7, 1, (10, 1), (-12, 1));
        Update(8, 2, (10, 5));
        Snapshot(7, 1, (10, 1), (-12, 1));
        Levels().ShouldBe("10x5 | 12x1");
        Update(8, 2, (10, 5));
        Update(9, 3, (10, 6));
        Levels().ShouldBe("10x6 | 12x1");
        _faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomStreams_WithLossesAndNewBeginnings_NeverShowAWrongBook(long seed)
    {
        RandomStream random = new(seed);
        SortedDictionary<long, long> bids = new();
        SortedDictionary<long, long> asks = new();
        long id = 5;
        bool wantsSnapshot = true;
        int checks = 0;
        for (int i = 1; i <= 5_000; i++)
        {
            long bid = 1 + random.NextInt32(50);
            long ask = 60 + random.NextInt32(50);
            bids[bid] = random.NextInt32(4);
            asks[ask] = random.NextInt32(4);
            double luck = random.NextDouble();
            id = luck < 0.005 ? 1 : id + 1;
            int renewals = _renewals;
            if (wantsSnapshot || id == 1 || luck > 0.99)
            {
                Snapshot(id, i, [.. bids.Where(l => l.Value > 0).Select(l => (l.Key, l.Value)), .. asks.Where(l => l.Value > 0).Select(l => (-l.Key, l.Value))]);
                wantsSnapshot = false;
            }
            else if (luck > 0.02)
            {
                Update(id, i, (bid, bids[bid]), (-ask, asks[ask]));
            }

            _book.Poll(At(i));
            wantsSnapshot |= _renewals > renewals;
            if (_book.State == BookState.Verified && luck > 0.02)
            {
                string truth = string.Join(' ', bids.Where(l => l.Value > 0).Reverse().Select(l => $"{l.Key}x{l.Value}")) + " | " + string.Join(' ', asks.Where(l => l.Value > 0).Select(l => $"{l.Key}x{l.Value}"));
                Levels().ShouldBe(truth, $"after {i}");
                checks++;
            }
        }

        checks.ShouldBeGreaterThan(1_000);
        _renewals.ShouldBeGreaterThan(5);
    }

    void IBookOwner.RequestSnapshot(InstrumentId instrument, int request) => _renewals += _pushed.OnRequested(request) ? 0 : 1;

    void IBookOwner.OnBookEvent(in MarketEvent change) => _engine.ApplyBook(in change);

    void IBookOwner.OnBookFault(in FeedFault fault, BookFault reason)
    {
        _faults.Add(reason);
        _engine.Apply(in fault);
    }

    void IBookOwner.OnGivenUp(InstrumentId instrument, int attempts)
    {
    }

    private static Timestamp At(int second) => Timestamp.FromUnixSeconds(1_700_000_000 + second);

    private static LevelChange[] Changes((long Signed, long Lots)[] levels) => [.. levels.Select(l => new LevelChange(Math.Abs(l.Signed), l.Lots, l.Signed < 0))];

    private (long Bid, long Ask) Top() => (_book.VerifiedBook!.Top.Bid.Price.Value, _book.VerifiedBook!.Top.Ask.Price.Value);

    private void Snapshot(long id, int second, params (long Signed, long Lots)[] levels) =>
        _pushed.OnSnapshot(new DepthSnapshot { LastUpdateId = id, ExchangeTime = At(second), ReceivedTime = At(second), Levels = Changes(levels) });

    private void Update(long id, int second, params (long Signed, long Lots)[] levels) =>
        _pushed.OnUpdate(new DepthUpdate { FirstId = id, FinalId = id, ExchangeTime = At(second), ReceivedTime = At(second), Changes = Changes(levels) });

    // The engine's book, which must equal the verified one.
    private string Levels()
    {
        OrderBook shown = _engine.Book(_instrument.Id).ShouldNotBeNull();
        shown.Checksum().ShouldBe(_book.VerifiedBook.ShouldNotBeNull().Checksum());
        return Side(shown.Bids) + " | " + Side(shown.Asks);
    }

    private static string Side(BookSide side)
    {
        List<string> levels = [];
        foreach (BookLevel level in side)
        {
            levels.Add($"{level.Price.Value}x{level.Size.Value}");
        }

        return string.Join(' ', levels);
    }
}

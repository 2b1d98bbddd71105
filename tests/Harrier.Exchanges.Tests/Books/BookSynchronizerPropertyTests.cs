using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Books;

/// <summary>
/// Whatever happens on the way - messages lost, doubled, swapped, cut off, snapshots late, failing, old or never coming - a book that calls
/// itself verified equals the venue's at its update id, so does the engine's, and when the trouble ends it is verified again.
/// </summary>
public sealed class BookSynchronizerPropertyTests
{
    private const int Messages = 4_000;

    public static TheoryData<int, bool> Seeds()
    {
        TheoryData<int, bool> data = [];
        for (int seed = 1; seed <= 40; seed++)
        {
            data.Add(seed, seed % 2 == 0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void VerifiedBook_UnderFaults_EqualsTheTruth(int seed, bool isUsdm)
    {
        Rig rig = new(seed, isUsdm);
        rig.Run(Messages, trouble: 0.02);
        rig.Run(2_000, trouble: 0);

        rig.Synchronizer.State.ShouldBe(BookState.Verified);
        rig.Synchronizer.LastUpdateId.ShouldBe(rig.Market.LastId);
        BookStatistics statistics = rig.Synchronizer.Statistics(rig.Now);
        statistics.Gaps.ShouldBeGreaterThan(0);
        statistics.Resyncs.ShouldBeGreaterThan(1);
        statistics.TimeUnverified.ShouldBeGreaterThan(TimeSpan.Zero);
        rig.ChecksDone.ShouldBeGreaterThan(Messages / 10);

        // One request at a time, never closer than the base delay: hours of trouble must not eat the venue's weight.
        statistics.SnapshotRequests.ShouldBeLessThan((long)(rig.Now - rig.Start).TotalSeconds + 1);
    }

    private sealed class Rig : IBookOwner
    {
        private readonly RandomStream _random;
        private readonly MarketState _state = new(new InstrumentTable(TestInstruments.Of("binance-spot")));
        private readonly List<(Timestamp Due, int Request, long Id, LevelChange[]? Levels)> _answers = [];
        private TruthUpdate? _heldBack;
        private double _trouble;

        public Rig(int seed, bool isUsdm)
        {
            _random = new RandomStream(seed);
            Market = new TruthMarket(new RandomStream(seed, 1), isUsdm);
            BookSynchronizerOptions options = new() { SlowRetry = TimeSpan.FromSeconds(30), RetryCap = TimeSpan.FromSeconds(10) };
            Synchronizer = new BookSynchronizer(new InstrumentId(0), isUsdm ? new UsdmContinuity() : new SpotContinuity(), this, options, _random.NextDouble);
            Now = Start;
            Synchronizer.OnConnected(Now);
        }

        public Timestamp Start { get; } = Timestamp.FromUnixSeconds(1_000);

        public Timestamp Now { get; private set; }

        public TruthMarket Market { get; }

        public BookSynchronizer Synchronizer { get; }

        public int ChecksDone { get; private set; }

        public void Run(int messages, double trouble)
        {
            _trouble = trouble;
            for (int i = 0; i < messages; i++)
            {
                Now += TimeSpan.FromMilliseconds(100);
                Deliver(Market.Next());
                Answer();
                Synchronizer.Poll(Now);
                Check();
            }
        }

        public void RequestSnapshot(InstrumentId instrument, int request)
        {
            double fate = _random.NextDouble();
            TimeSpan delay = TimeSpan.FromMilliseconds(_random.NextInt32(3_000));
            (long id, LevelChange[] levels) = Market.Snapshot();
            if (fate >= _trouble * 5)
            {
                _answers.Add((Now + delay, request, id, levels));
            }
            else if (fate >= _trouble * 2)
            {
                _answers.Add((Now + delay, request, 0, null));
            }
        }

        public void OnBookEvent(in MarketEvent change) => _state.ApplyBook(in change);

        public void OnBookFault(in FeedFault fault, BookFault reason) => _state.Apply(in fault);

        public void OnGivenUp(InstrumentId instrument, int attempts) => attempts.ShouldBeGreaterThan(1);

        private bool Happens(double share) => _random.NextDouble() < _trouble * share;

        private void Deliver(TruthUpdate update)
        {
            if (Happens(0.05))
            {
                Synchronizer.OnDisconnected(Now);
                Synchronizer.VerifiedBook.ShouldBeNull();
                Synchronizer.OnConnected(Now);
            }

            if (Happens(0.05))
            {
                Synchronizer.MarkSuspect(BookFault.Overflow, Now);
                Synchronizer.VerifiedBook.ShouldBeNull();
            }

            if (Happens(0.3))
            {
                return;
            }

            if (_heldBack is null && Happens(0.3))
            {
                _heldBack = update;
                return;
            }

            Send(update);
            if (Happens(0.3))
            {
                Send(update);
            }

            if (_heldBack is { } late)
            {
                _heldBack = null;
                Send(late);
            }
        }

        private void Send(TruthUpdate update)
        {
            Synchronizer.OnUpdate(new DepthUpdate
            {
                FirstId = update.FirstId,
                FinalId = update.FinalId,
                PreviousId = update.PreviousId,
                ExchangeTime = Now,
                ReceivedTime = Now,
                Changes = update.Changes,
            });
            Check();
        }

        private void Answer()
        {
            foreach ((_, int request, long id, LevelChange[]? levels) in _answers.Where(answer => answer.Due <= Now).ToList())
            {
                if (levels is null)
                {
                    Synchronizer.OnSnapshotFailed(request, Now);
                }
                else
                {
                    Synchronizer.OnSnapshot(new DepthSnapshot { Request = request, LastUpdateId = id, ExchangeTime = Now, ReceivedTime = Now, Levels = levels });
                }

                Check();
            }

            _answers.RemoveAll(answer => answer.Due <= Now);
        }

        private void Check()
        {
            OrderBook? book = Synchronizer.VerifiedBook;
            OrderBook? engineBook = _state.Book(new InstrumentId(0));
            (book is null).ShouldBe(Synchronizer.State != BookState.Verified);
            (engineBook is null).ShouldBe(book is null);
            if (book is null)
            {
                return;
            }

            ulong checksum = book.Checksum();
            if (checksum != Market.ChecksumAt(Synchronizer.LastUpdateId) || engineBook!.Checksum() != checksum)
            {
                checksum.ShouldBe(Market.ChecksumAt(Synchronizer.LastUpdateId));
                engineBook!.Checksum().ShouldBe(checksum);
            }

            ChecksDone++;
        }
    }
}

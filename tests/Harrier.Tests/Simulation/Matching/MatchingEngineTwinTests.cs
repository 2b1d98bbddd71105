using Harrier.Simulation.Matching;
using Harrier.Simulation.Randomness;

namespace Harrier.Tests.Simulation.Matching;

/// <summary>The engine beside its naive twin on the same random events: the same trades, the same books.</summary>
public sealed class MatchingEngineTwinTests
{
    private const int Events = 300_000;

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 12)]
    [InlineData(3, 200)]
    [InlineData(4, 3_000)]
    public void Submit_RandomEvents_SameTradesAndBooksAsTheTwin(long seed, int spread)
    {
        Pair pair = new(seed, spread);
        for (int i = 0; i < Events; i++)
        {
            pair.Step();
            if (i % 500 == 0)
            {
                pair.CompareBooks();
            }
        }

        pair.CompareBooks();
        pair.TradesSeen.ShouldBeGreaterThan(Events / 20);
        pair.PreventionsSeen.ShouldBeGreaterThan(100);
        pair.Ends.Keys.Order().ShouldBe(Enum.GetValues<MatchEnd>().Order());
    }

    private sealed class Pair
    {
        private static readonly Func<long, long, long> Allowed = (id, size) => (id % 3) switch { 0 => 0, 1 => size / 2, _ => size };

        private readonly RandomStream _random;
        private readonly RecordingLog _expected = new();
        private readonly RecordingLog _actual = new();
        private readonly NaiveBook _twin;
        private readonly MatchingEngine<RecordingSink> _engine;
        private readonly List<long> _ids = [];
        private readonly int _spread;
        private long _middle = 50_000;
        private long _lastId;
        private long _rested;
        private long _removed;

        public Pair(long seed, int spread)
        {
            _random = new RandomStream(seed);
            _spread = spread;
            _twin = new NaiveBook(_expected, Allowed);
            // A small window, so that far levels and moved windows are part of the test.
            _engine = new MatchingEngine<RecordingSink>(new RecordingSink(_actual, Allowed), capacity: 16, windowTicks: 4096);
        }

        public int TradesSeen { get; private set; }

        public int PreventionsSeen { get; private set; }

        public Dictionary<MatchEnd, int> Ends { get; } = [];

        public void Step()
        {
            double draw = _random.NextDouble();
            double grow = _ids.Count < 400 ? 0.6 : 0.4;
            if (_random.NextDouble() < 0.01)
            {
                // Jumps too, so that the market leaves the window.
                _middle = Math.Max(100, _middle + (_random.NextDouble() < 0.02 ? _random.NextInt32(20_000) - 10_000 : _random.NextInt32(21) - 10));
            }

            if (draw < grow || _ids.Count == 0)
            {
                Submit(NewOrder(++_lastId), isAmend: false);
            }
            else
            {
                Change(_ids[_random.NextInt32(_ids.Count)]);
            }

            (TradesSeen, PreventionsSeen) = (TradesSeen + _actual.Trades.Count, PreventionsSeen + _actual.Preventions.Count);
            _actual.Trades.ShouldBe(_expected.Trades);
            _actual.Preventions.ShouldBe(_expected.Preventions);
            _removed += _actual.Trades.Sum(t => t.Size) + _actual.Preventions.Sum(p => p.Size);
            foreach (RecordingLog log in (RecordingLog[])[_expected, _actual])
            {
                log.Trades.Clear();
                log.Preventions.Clear();
            }

            (_engine.BestBid < 0 || _engine.BestAsk < 0 || _engine.BestBid < _engine.BestAsk).ShouldBeTrue("crossed");
        }

        public void CompareBooks()
        {
            int count = 0;
            foreach (bool isSell in (bool[])[false, true])
            {
                IReadOnlyList<NaiveOrder> side = _twin.Side(isSell);
                count += side.Count;
                List<IGrouping<long, NaiveOrder>> levels = [.. side.GroupBy(o => o.Price)];
                MatchLevel[] copied = new MatchLevel[levels.Count + 1];
                _engine.CopyLevels(isSell, copied).ShouldBe(levels.Count);
                (isSell ? _engine.AskLevels : _engine.BidLevels).ShouldBe(levels.Count);
                for (int i = 0; i < levels.Count; i++)
                {
                    MatchLevel expected = new(levels[i].Key, levels[i].Sum(o => o.Shown), levels[i].Count());
                    copied[i].ShouldBe(expected);
                    _engine.LevelAt(isSell, levels[i].Key).ShouldBe(expected);
                    _actual.Levels[(isSell, levels[i].Key)].ShouldBe((expected.Size, expected.Orders));
                    long[] queue = new long[expected.Orders + 1];
                    _engine.CopyQueue(isSell, expected.Price, queue).ShouldBe(expected.Orders);
                    queue[..^1].ShouldBe(levels[i].Select(o => o.Id));
                }

                side.ShouldAllBe(o => _engine.SizeOf(o.Id) == o.Total);
            }

            _engine.Orders.ShouldBe(count);
            _actual.Levels.Count.ShouldBe(_engine.AskLevels + _engine.BidLevels);
            _ids.RemoveAll(id => _engine.SizeOf(id) == 0);
            Conserved();
        }

        // What was put in is what rests and what was taken away: a fill counts once for each of its two orders.
        private void Conserved() => (_rested - _removed).ShouldBe(_twin.Side(false).Concat(_twin.Side(true)).Sum(o => o.Total));

        private MatchOrder NewOrder(long id)
        {
            bool isSell = _random.NextDouble() < 0.5;
            bool aggressive = _random.NextDouble() < 0.25;
            long offset = 1 + _random.NextInt32(_spread);
            double force = _random.NextDouble();
            return new MatchOrder
            {
                Id = id,
                IsSell = isSell,
                Price = _random.NextDouble() < 0.03 ? MatchingPrices.Worst(isSell) : Math.Max(0, isSell == aggressive ? _middle - offset : _middle + offset),
                Size = 1 + _random.NextInt32(1000),
                Account = _random.NextInt32(6),
                TimeInForce = force < 0.75 ? MatchTimeInForce.Rest : (MatchTimeInForce)(1 + _random.NextInt32(3)),
                SelfTrade = (SelfTradeRule)_random.NextInt32(5),
                Peak = _random.NextDouble() < 0.1 ? 1 + _random.NextInt32(50) : 0,
                Budget = _random.NextDouble() < 0.05 ? (Int128)_middle * _random.NextInt32(300) : 0,
                IsGuarded = _random.NextDouble() < 0.05,
            };
        }

        private void Submit(MatchOrder order, bool isAmend)
        {
            if (order.Price is 0 or > long.MaxValue / 4)
            {
                order = order with { TimeInForce = MatchTimeInForce.Immediate };
            }

            long before = isAmend ? _engine.SizeOf(order.Id) : 0;
            MatchResult expected;
            if (isAmend)
            {
                bool known = _twin.Cancel(order.Id);
                MatchResult? actual = _engine.Amend(order);
                actual.HasValue.ShouldBe(known);
                if (!known)
                {
                    return;
                }

                expected = _twin.Submit(order);
                actual.ShouldBe(expected);
            }
            else
            {
                expected = _twin.Submit(order);
                _engine.Submit(order).ShouldBe(expected);
            }

            Ends[expected.End] = Ends.GetValueOrDefault(expected.End) + 1;
            _removed += before;
            bool rests = expected.End == MatchEnd.Resting;
            _rested += expected.Filled + (rests ? expected.Left : 0);
            _removed += expected.Filled;
            if (rests && !isAmend)
            {
                _ids.Add(order.Id);
            }
        }

        private void Change(long id)
        {
            double draw = _random.NextDouble();
            long total = _twin.Find(id)?.Total ?? 0;
            if (draw < 0.5)
            {
                _engine.Cancel(id).ShouldBe(_twin.Cancel(id));
                _removed += total;
                _ids.Remove(id);
            }
            else if (draw < 0.75)
            {
                long by = 1 + _random.NextInt32(500);
                _engine.Reduce(id, by).ShouldBe(_twin.Reduce(id, by));
                _removed += Math.Min(by, total);
            }
            else
            {
                Submit(NewOrder(id), isAmend: true);
            }
        }
    }
}

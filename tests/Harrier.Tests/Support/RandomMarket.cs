using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Tests.Support;

/// <summary>A seeded market as an engine is told of it: a book that is changed message by message, walls that come and go, trades late, repeated and out of order, faults, silence.</summary>
internal sealed class RandomMarket
{
    private readonly Random _random;
    private readonly List<Input> _inputs = [];
    private readonly Dictionary<(bool IsAsk, long Ticks), long> _levels = [];
    private readonly List<MarketEvent> _trades = [];
    private long _now = Timestamp.FromUnixMilliseconds(1_700_000_000_000).Nanos;
    private long _tradeId;

    private readonly bool _isCalm;
    private long _mid = 500_000;

    private RandomMarket(int seed, bool isCalm)
    {
        _random = new Random(seed);
        _isCalm = isCalm;
    }

    /// <summary>Inputs of an engine with one instrument.</summary>
    /// <param name="seed">Which market.</param>
    /// <param name="steps">Messages and trades.</param>
    /// <param name="isCalm">True for one without faults, snapshots, silence and jumps.</param>
    public static IReadOnlyList<Input> Make(int seed, int steps, bool isCalm = false)
    {
        RandomMarket market = new(seed, isCalm);
        market.Snapshot();
        for (int i = 0; i < steps; i++)
        {
            market.Step();
        }

        return market._inputs;
    }

    private void Step()
    {
        // Mostly a few milliseconds, now and then a minute or more.
        _now += !_isCalm && _random.Next(200) == 0 ? _random.NextInt64(400_000_000_000) : _random.NextInt64(120_000_000);
        switch (_random.Next(_isCalm ? 97 : 100))
        {
            case < 55:
                Trade();
                break;
            case < 97:
                Change();
                break;
            case < 98:
                _inputs.Add(new Input(null, new FeedFault(default, new Timestamp(_now))));
                _now += _random.NextInt64(3_000_000_000);
                Snapshot();
                break;
            case < 99:
                Snapshot();
                break;
            default:
                _mid += _random.NextInt64(-_mid / 20, _mid / 20);
                Snapshot();
                break;
        }
    }

    private void Trade()
    {
        if (_trades.Count > 0 && _random.Next(20) == 0)
        {
            Add(_trades[_random.Next(Math.Max(0, _trades.Count - 50), _trades.Count)] with { ReceivedTime = new Timestamp(_now) });
            return;
        }

        long late = _random.Next(10) == 0 ? _random.NextInt64(400_000_000_000) : _random.NextInt64(-5_000_000, 60_000_000);
        MarketEvent trade = new()
        {
            ExchangeTime = new Timestamp((_now - late) / 1_000_000 * 1_000_000),
            ReceivedTime = new Timestamp(_now),
            Price = new PriceTicks(_mid + _random.NextInt64(-400, 400)),
            Size = new SizeLots(1 + _random.NextInt64(1L << _random.Next(1, 20))),
            TradeId = ++_tradeId,
            Instrument = default,
            Kind = MarketEventKind.Trade,
            IsSell = _random.Next(2) == 0,
        };
        _trades.Add(trade);
        Add(in trade);
    }

    private void Change()
    {
        _mid += _random.Next(-8, 9);
        Dictionary<(bool IsAsk, long Ticks), long> changed = [];
        foreach ((bool isAsk, long ticks) in _levels.Keys)
        {
            if (isAsk ? ticks <= _mid : ticks >= _mid)
            {
                changed[(isAsk, ticks)] = 0;
            }
        }

        for (int i = _random.Next(1, 12); i > 0; i--)
        {
            bool isAsk = _random.Next(2) == 0;
            long ticks = _mid + ((isAsk ? 1 : -1) * (1 + _random.NextInt64(_random.Next(3) == 0 ? 4000 : 400)));
            changed[(isAsk, ticks)] = _random.Next(4) == 0 ? 0 : Size();
        }

        Emit(changed);
    }

    private void Snapshot()
    {
        _levels.Clear();
        Add(Event(MarketEventKind.BookClear, default, 0, false));
        Dictionary<(bool IsAsk, long Ticks), long> all = [];
        for (int i = 0; i < 120; i++)
        {
            bool isAsk = i % 2 == 0;
            all[(isAsk, _mid + ((isAsk ? 1 : -1) * (1 + _random.NextInt64(4000))))] = Size();
        }

        Emit(all);
    }

    private void Emit(Dictionary<(bool IsAsk, long Ticks), long> changes)
    {
        int left = changes.Count;
        foreach (((bool IsAsk, long Ticks) level, long lots) in changes.OrderBy(change => change.Key))
        {
            Add(Event(MarketEventKind.BookLevel, level, lots, --left == 0));
            if (lots == 0)
            {
                _levels.Remove(level);
            }
            else
            {
                _levels[level] = lots;
            }
        }
    }

    private long Size() => _random.Next(25) == 0 ? _random.NextInt64(60_000, 200_000) : 1 + _random.NextInt64(3000);

    private MarketEvent Event(MarketEventKind kind, (bool IsAsk, long Ticks) level, long lots, bool isLast) => new()
    {
        ExchangeTime = new Timestamp(_now),
        ReceivedTime = new Timestamp(_now),
        Price = new PriceTicks(level.Ticks),
        Size = new SizeLots(lots),
        Instrument = default,
        Kind = kind,
        IsSell = level.IsAsk,
        LastInBatch = isLast,
    };

    private void Add(in MarketEvent marketEvent) => _inputs.Add(new Input(marketEvent, null));

    /// <summary>One input: an event or a fault.</summary>
    public readonly record struct Input(MarketEvent? Event, FeedFault? Fault)
    {
        public Timestamp Time => Event?.ReceivedTime ?? Fault!.Value.Time;

        /// <summary>The same a while later.</summary>
        public Input After(long nanos) => new(Event!.Value with { ExchangeTime = new Timestamp(Event.Value.ExchangeTime.Nanos + nanos), ReceivedTime = new Timestamp(Event.Value.ReceivedTime.Nanos + nanos) }, null);

        public void Feed(TradingEngine engine)
        {
            if (Event is { } marketEvent)
            {
                engine.Process(in marketEvent);
            }
            else
            {
                engine.Process(Fault!.Value);
            }
        }
    }
}

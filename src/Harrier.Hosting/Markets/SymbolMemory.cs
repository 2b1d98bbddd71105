using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Features.Microstructure;

namespace Harrier.Hosting.Markets;

/// <summary>How busy a market is at a moment.</summary>
/// <param name="Flow">Rates and deltas of trades.</param>
/// <param name="Index">How unusual that is.</param>
public readonly record struct MarketActivity(TradeFlowReading Flow, ActivityReading Index);

/// <summary>What is remembered of one market of a run while it runs: an hour of seconds, a day of minutes, rates of trades. Safe to use from any thread.</summary>
public sealed class SymbolMemory
{
    private const int Seconds = 3600;
    private const int Minutes = 1440;

    private readonly CandleRing _seconds = new(TimeSpan.FromSeconds(1), Seconds);
    private readonly CandleRing _minutes = new(TimeSpan.FromMinutes(1), Minutes);
    private readonly TradeFlow _flow;
    private readonly ActivityTracker _activity;
    private readonly Lock _gate = new();
    private Timestamp _ticked;

    internal SymbolMemory(Instrument instrument)
    {
        Instrument = instrument;
        _flow = new TradeFlow(instrument);
        _activity = new ActivityTracker(_flow);
    }

    /// <summary>Whose market.</summary>
    public Instrument Instrument { get; }

    /// <summary>Candles made of the trades that were seen, oldest first; the last is still open.</summary>
    /// <param name="interval">A whole number of seconds.</param>
    /// <param name="limit">How many of the newest.</param>
    public IReadOnlyList<Candle> Candles(TimeSpan interval, int limit)
    {
        lock (_gate)
        {
            IReadOnlyList<Candle> all = (interval.Ticks % TimeSpan.TicksPerMinute == 0 ? _minutes : _seconds).Read(interval.Ticks * TimeSpan.NanosecondsPerTick);
            return all.Count > limit ? [.. all.Skip(all.Count - limit)] : all;
        }
    }

    /// <summary>How busy the market is.</summary>
    public MarketActivity Activity(Timestamp now)
    {
        lock (_gate)
        {
            return new MarketActivity(_flow.At(now), _activity.Reading);
        }
    }

    /// <summary>Levels of the closed candles of a length.</summary>
    public LevelDetector Levels(TimeSpan interval)
    {
        LevelDetector levels = new();
        IReadOnlyList<Candle> candles = Candles(interval, Minutes);
        for (int i = 0; i < candles.Count - 1; i++)
        {
            Candle candle = candles[i];
            Ohlcv values = new((double)candle.Open, (double)candle.High, (double)candle.Low, (double)candle.Close, (double)candle.Volume, candle.OpenTime);
            levels.OnBar(new ClosedBar(values, candle.OpenTime + interval));
        }

        return levels;
    }

    internal void Add(in MarketEvent trade)
    {
        lock (_gate)
        {
            _seconds.Add(trade.ExchangeTime, Instrument.ToDecimal(trade.Price), Instrument.ToDecimal(trade.Size));
            _minutes.Add(trade.ExchangeTime, Instrument.ToDecimal(trade.Price), Instrument.ToDecimal(trade.Size));
            _flow.OnTrade(in trade);
            Tick(trade.ReceivedTime);
        }
    }

    // The index is sampled at a fixed pace, also through stretches without trades.
    internal void Tick(Timestamp now)
    {
        lock (_gate)
        {
            _ticked = _ticked == default || now - _ticked > TradeFlow.LongestWindow ? now : _ticked;
            while (now - _ticked >= _activity.Cadence)
            {
                _ticked += _activity.Cadence;
                _activity.OnClock(_ticked);
            }
        }
    }
}

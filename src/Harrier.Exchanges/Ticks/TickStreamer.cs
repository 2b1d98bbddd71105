using System.Collections.Immutable;
using Harrier.Domain;
using Harrier.Exchanges.MarketData;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Ticks;

/// <summary>
/// The ticks of several symbols: the newest of each are kept, whoever asked for them is told, and all are counted. Give <see cref="OnTicker"/> to the feed as
/// its listener. Safe to use from any thread.
/// </summary>
public sealed class TickStreamer : IAsyncDisposable
{
    /// <summary>How many ticks of a symbol are kept where nothing else is said.</summary>
    public const int UsualCapacity = 1000;

    private const int UsualCount = 100;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, TickRing> _rings = new(StringComparer.Ordinal);
    private readonly Timestamp _started;
    private readonly ILogger _logger;
    private readonly int _capacity;
    private ImmutableArray<TickCallback> _callbacks = [];
    private Timestamp? _lastUpdate;
    private long _pastErrors;
    private long _pastSkipped;

    /// <summary>Makes it without ticks.</summary>
    /// <param name="symbols">Symbols that are counted from the start; others are when their first tick comes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes the failures of callbacks.</param>
    /// <param name="capacity">Ticks of a symbol that are kept, at least 1.</param>
    public TickStreamer(IEnumerable<string> symbols, TimeProvider time, ILogger logger, int capacity = UsualCapacity)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _started = Timestamp.From(time.GetUtcNow());
        _logger = logger;
        _capacity = capacity;
        foreach (string symbol in symbols)
        {
            _rings.TryAdd(symbol, new TickRing(capacity));
        }
    }

    /// <summary>The streamer at this moment.</summary>
    public TickStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                Dictionary<string, long> messages = _rings.ToDictionary(ring => ring.Key, ring => ring.Value.Count, StringComparer.Ordinal);
                return new TickStatistics(messages.Values.Sum(), messages, _started, _lastUpdate)
                {
                    Errors = _pastErrors + _callbacks.Sum(callback => callback.Errors),
                    Skipped = _pastSkipped + _callbacks.Sum(callback => callback.Skipped),
                };
            }
        }
    }

    /// <summary>Takes a ticker of a feed.</summary>
    public void OnTicker(Instrument instrument, in TickerUpdate update)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        decimal change = update.Last - update.Open;
        Take(new StreamTick
        {
            Symbol = instrument.Symbol,
            Time = update.ExchangeTime,
            ReceivedTime = update.ReceivedTime,
            Price = update.Last,
            Volume = update.Volume,
            High = update.High,
            Low = update.Low,
            Open = update.Open,
            PriceChangePercent = update.ChangePercent ?? (update.Open == 0 ? 0 : decimal.Round(change / update.Open * 100, 3)),
            Trades = update.TradeCount,
        });
    }

    /// <summary>Takes a tick and tells it to everybody.</summary>
    public void Take(StreamTick tick)
    {
        ArgumentNullException.ThrowIfNull(tick);
        ImmutableArray<TickCallback> callbacks;
        lock (_gate)
        {
            if (!_rings.TryGetValue(tick.Symbol, out TickRing? ring))
            {
                ring = new TickRing(_capacity);
                _rings.Add(tick.Symbol, ring);
            }

            ring.Add(tick);
            _lastUpdate = tick.ReceivedTime;
            callbacks = _callbacks;
        }

        foreach (TickCallback callback in callbacks)
        {
            callback.Tell(tick);
        }
    }

    /// <summary>Price of the newest tick of a symbol; null when none has come.</summary>
    public decimal? LatestPrice(string symbol) => Latest(symbol)?.Price;

    /// <summary>The newest tick of a symbol; null when none has come.</summary>
    public StreamTick? Latest(string symbol)
    {
        lock (_gate)
        {
            return _rings.GetValueOrDefault(symbol)?.Latest;
        }
    }

    /// <summary>The newest ticks of a symbol, oldest first; empty when none has come.</summary>
    /// <param name="symbol">Which symbol.</param>
    /// <param name="count">How many at most, 0 or more.</param>
    public IReadOnlyList<StreamTick> History(string symbol, int count = UsualCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_gate)
        {
            return _rings.GetValueOrDefault(symbol)?.Newest(count) ?? [];
        }
    }

    /// <summary>Tells every tick to a callback from now on, on the thread that received it: it must be short.</summary>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable AddCallback(Action<StreamTick> callback) => Add(new TickCallback(callback, Remove, _logger));

    /// <summary>Tells every tick to a callback from now on, one after the other, without making the feed wait. One that falls far behind misses the oldest.</summary>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable AddCallback(Func<StreamTick, ValueTask> callback) => Add(new TickCallback(callback, Remove, _logger));

    /// <summary>Waits until callbacks were told what came so far, and ends them.</summary>
    public async ValueTask DisposeAsync()
    {
        TickCallback[] ended;
        lock (_gate)
        {
            ended = [.. _callbacks];
        }

        foreach (TickCallback callback in ended)
        {
            callback.Close();
            await callback.Completion.ConfigureAwait(false);
            Remove(callback);
        }
    }

    private TickCallback Add(TickCallback callback)
    {
        lock (_gate)
        {
            _callbacks = _callbacks.Add(callback);
        }

        return callback;
    }

    private void Remove(TickCallback callback)
    {
        lock (_gate)
        {
            if (_callbacks.Contains(callback))
            {
                _callbacks = _callbacks.Remove(callback);
                _pastErrors += callback.Errors;
                _pastSkipped += callback.Skipped;
            }
        }
    }
}

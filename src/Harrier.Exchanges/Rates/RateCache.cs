using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Exchanges.Rates;

/// <summary>A pair of assets: the price of one in the other.</summary>
/// <param name="Base">What is priced.</param>
/// <param name="Quote">What it is priced in.</param>
public readonly record struct RatePair(Asset Base, Asset Quote)
{
    /// <summary>Both codes with a dash.</summary>
    public override string ToString() => $"{Base}-{Quote}";
}

/// <summary>
/// Keeps prices for a short time, so that asking often costs few requests. Callers that want the same pair at once share one request; each may give up
/// without disturbing the others, and the request ends only when all have. A failure is told to those who waited and not kept. Safe for all threads.
/// </summary>
public sealed class RateCache
{
    private readonly Lock _gate = new();
    private readonly RateCacheOptions _options;
    private readonly Func<RatePair, CancellationToken, Task<ConversionAnswer<ConversionRate>>> _ask;
    private readonly TimeProvider _time;
    private readonly Dictionary<RatePair, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Dictionary<RatePair, Flight> _flights = [];
    private long _hits;
    private long _misses;
    private long _shared;
    private long _evictions;
    private long _errors;

    /// <summary>An empty cache.</summary>
    /// <param name="options">Life and size.</param>
    /// <param name="ask">Asks the venue for a price.</param>
    /// <param name="time">The clock of ages.</param>
    /// <exception cref="ArgumentException">The life is not within 1 to 60 seconds, or the capacity below 1.</exception>
    public RateCache(RateCacheOptions options, Func<RatePair, CancellationToken, Task<ConversionAnswer<ConversionRate>>> ask, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Life < RateCacheOptions.ShortestLife || options.Life > RateCacheOptions.LongestLife)
        {
            throw new ArgumentException($"the life of a price is {RateCacheOptions.ShortestLife.TotalSeconds} to {RateCacheOptions.LongestLife.TotalSeconds} seconds, got {options.Life.TotalSeconds}", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1, nameof(options));
        _options = options;
        _ask = ask;
        _time = time;
    }

    /// <summary>The figures of this moment.</summary>
    public RateCacheStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new RateCacheStatistics(_hits, _misses, _shared, _evictions, _errors, _entries.Count);
            }
        }
    }

    /// <summary>The price of a pair: kept, or asked for.</summary>
    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public Task<ConversionAnswer<ConversionRate>> GetAsync(RatePair pair, CancellationToken cancellation) => GetAsync(pair, _options.Life, cancellation);

    /// <summary>The price of a pair for a caller that wants it fresher than prices are kept.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="life">How old it may be; where that is longer than prices are kept, the shorter holds.</param>
    /// <param name="cancellation">This caller gives up.</param>
    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public async Task<ConversionAnswer<ConversionRate>> GetAsync(RatePair pair, TimeSpan life, CancellationToken cancellation)
    {
        Flight flight;
        bool isFirst;
        lock (_gate)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryFind(pair, life, out Entry entry))
            {
                _hits++;
                return entry.Answer;
            }

            isFirst = !_flights.TryGetValue(pair, out Flight? known);
            flight = known ?? new Flight();
            flight.Waiting++;
            _ = isFirst ? _misses++ : _shared++;
            _flights[pair] = flight;
        }

        if (isFirst)
        {
            _ = FlyAsync(pair, flight);
        }

        try
        {
            return await flight.Answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave(pair, flight);
        }
    }

    /// <summary>Whether there is no price of a pair, or it is too old.</summary>
    public bool NeedsRefresh(RatePair pair)
    {
        lock (_gate)
        {
            return !(_entries.TryGetValue(pair, out LinkedListNode<Entry>? node) && IsValid(node.Value));
        }
    }

    /// <summary>The prices that are not too old, in the order of their pairs' names.</summary>
    public IReadOnlyList<ConversionRate> All()
    {
        lock (_gate)
        {
            return [.. _byUse.Where(IsValid).Select(e => e.Answer.Value!).OrderBy(r => new RatePair(r.Base, r.Quote).ToString(), StringComparer.Ordinal)];
        }
    }

    /// <summary>Forgets a pair. A question under way is still answered to those who wait, and not kept.</summary>
    public void Clear(RatePair pair)
    {
        lock (_gate)
        {
            _ = _flights.Remove(pair);
            if (_entries.Remove(pair, out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
            }
        }
    }

    /// <summary>Forgets all pairs.</summary>
    public void ClearAll()
    {
        lock (_gate)
        {
            _flights.Clear();
            _entries.Clear();
            _byUse.Clear();
        }
    }

    private bool IsValid(Entry entry) => _time.GetElapsedTime(entry.Stored) <= _options.Life;

    private bool TryFind(RatePair pair, TimeSpan life, out Entry entry)
    {
        entry = default;
        if (!_entries.TryGetValue(pair, out LinkedListNode<Entry>? node) || !IsValid(node.Value) || _time.GetElapsedTime(node.Value.Stored) > life)
        {
            return false;
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        entry = node.Value;
        return true;
    }

    private async Task FlyAsync(RatePair pair, Flight flight)
    {
        // The price is at least as old as the question.
        long asked = _time.GetTimestamp();
        try
        {
            ConversionAnswer<ConversionRate> answer = await _ask(pair, flight.Stop.Token).ConfigureAwait(false);
            Land(pair, flight, answer.IsOk ? new Entry(pair, answer, asked) : null);
            flight.Answer.TrySetResult(answer);
        }
        catch (OperationCanceledException)
        {
            Land(pair, flight, null);
            flight.Answer.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception e)
        {
            // Whatever it is belongs to those who wait: nobody else hears of it.
            Land(pair, flight, null);
            flight.Answer.TrySetException(e);
        }
    }

    private void Land(RatePair pair, Flight flight, Entry? entry)
    {
        lock (_gate)
        {
            _errors += entry is null ? 1 : 0;

            // A pair that was forgotten meanwhile has no flight any more, or another one.
            if (!_flights.TryGetValue(pair, out Flight? current) || current != flight)
            {
                return;
            }

            _ = _flights.Remove(pair);
            if (entry is { } landed)
            {
                Keep(landed);
            }
        }
    }

    private void Keep(Entry entry)
    {
        if (_entries.Remove(entry.Pair, out LinkedListNode<Entry>? old))
        {
            _byUse.Remove(old);
        }

        while (_entries.Count >= _options.Capacity)
        {
            _entries.Remove(_byUse.Last!.Value.Pair);
            _byUse.RemoveLast();
            _evictions++;
        }

        _entries[entry.Pair] = _byUse.AddFirst(entry);
    }

    private void Leave(RatePair pair, Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiting > 0)
            {
                return;
            }

            // Those who come from now on begin a new question.
            if (!flight.Answer.Task.IsCompleted && _flights.TryGetValue(pair, out Flight? current) && current == flight)
            {
                _ = _flights.Remove(pair);
            }
        }

        flight.End();
    }

    private readonly record struct Entry(RatePair Pair, ConversionAnswer<ConversionRate> Answer, long Stored);

    private sealed class Flight
    {
        public CancellationTokenSource Stop { get; } = new();

        public TaskCompletionSource<ConversionAnswer<ConversionRate>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiting { get; set; }

        public void End()
        {
            // Not disposed of: its token is still with a question that may not have ended, and holds no timer.
            if (!Answer.Task.IsCompleted)
            {
                Stop.Cancel();
            }
        }
    }
}

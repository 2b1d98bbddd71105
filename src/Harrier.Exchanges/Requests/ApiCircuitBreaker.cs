namespace Harrier.Exchanges.Requests;

/// <summary>
/// Stops all calls after too many rate-limit errors, then lets a few probes find out whether the venue answers again.
/// What is a rate-limit error is decided by the venue's status and code, never by words in a message.
/// </summary>
/// <remarks>
/// Where the systems' breaker errs this one differs: old errors decay; exactly three probes are under way at once, the one that ends the rest
/// included; a probe that ends without a verdict gives its place back, so that half-open is never a dead end. Thread-safe.
/// </remarks>
public sealed class ApiCircuitBreaker
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _errors = new();
    private readonly ApiCircuitBreakerOptions _options;
    private readonly TimeProvider _time;
    private CircuitState _state;
    private long _openedAt;
    private int _probes;
    private int _epoch;

    /// <summary>A closed breaker.</summary>
    public ApiCircuitBreaker(ApiCircuitBreakerOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _time = time;
    }

    /// <summary>The state; an open breaker whose rest is over turns half-open when the next call asks to enter.</summary>
    public CircuitState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>True when a call could enter now.</summary>
    public bool CanEnter
    {
        get
        {
            lock (_gate)
            {
                return _state switch
                {
                    CircuitState.Closed => true,
                    CircuitState.HalfOpen => _probes < _options.Probes,
                    _ => _time.GetElapsedTime(_openedAt) >= _options.OpenFor,
                };
            }
        }
    }

    /// <summary>How often it tripped.</summary>
    public long Trips { get; private set; }

    /// <summary>How long no call may enter; zero when one may, or when only a probe's end will tell.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_gate)
            {
                TimeSpan left = _state == CircuitState.Open ? _options.OpenFor - _time.GetElapsedTime(_openedAt) : TimeSpan.Zero;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Asks to send one request; the returned pass must go to <see cref="Leave"/> exactly once.</summary>
    /// <returns>A pass, or 0 when the request must not be sent.</returns>
    public int TryEnter()
    {
        lock (_gate)
        {
            if (_state == CircuitState.Open && _time.GetElapsedTime(_openedAt) >= _options.OpenFor)
            {
                _state = CircuitState.HalfOpen;
                _probes = 0;
                _epoch++;
            }

            if (_state == CircuitState.Open || (_state == CircuitState.HalfOpen && _probes >= _options.Probes))
            {
                return 0;
            }

            _probes += _state == CircuitState.HalfOpen ? 1 : 0;
            return _epoch + 1;
        }
    }

    /// <summary>Tells what came of a request.</summary>
    /// <param name="pass">What <see cref="TryEnter"/> gave.</param>
    /// <param name="rateLimited">True when the venue refused for its limits.</param>
    /// <param name="answered">True when the venue answered at all.</param>
    /// <returns>True when this tripped the breaker.</returns>
    public bool Leave(int pass, bool rateLimited, bool answered)
    {
        lock (_gate)
        {
            bool current = pass == _epoch + 1;
            if (_state == CircuitState.HalfOpen && current)
            {
                _probes--;
                return rateLimited ? Trip() : answered && Close();
            }

            return rateLimited && _state == CircuitState.Closed && CountError();
        }
    }

    private bool CountError()
    {
        long now = _time.GetTimestamp();
        _errors.Enqueue(now);
        while (_time.GetElapsedTime(_errors.Peek(), now) > _options.DecayAfter)
        {
            _errors.Dequeue();
        }

        return _errors.Count >= _options.Threshold && Trip();
    }

    private bool Trip()
    {
        _state = CircuitState.Open;
        _openedAt = _time.GetTimestamp();
        _errors.Clear();
        _epoch++;
        Trips++;
        return true;
    }

    private bool Close()
    {
        _state = CircuitState.Closed;
        _errors.Clear();
        _epoch++;
        return false;
    }
}

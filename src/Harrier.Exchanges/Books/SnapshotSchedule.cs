using Harrier.Domain;

namespace Harrier.Exchanges.Books;

/// <summary>When the next snapshot may be asked for: one request at a time, ever later while they lead nowhere.</summary>
internal sealed class SnapshotSchedule(BookSynchronizerOptions options, Func<double>? jitter)
{
    private bool _isWaiting;
    private int _request;
    private Timestamp _askedAt;
    private Timestamp _notBefore;

    /// <summary>Requests since the book was last verified for long.</summary>
    public int Attempts { get; private set; }

    /// <summary>Number of the newest request.</summary>
    public int Request => _request;

    public bool IsWaitingFor(int request) => _isWaiting && request == _request;

    public bool HasTimedOut(Timestamp now) => _isWaiting && now - _askedAt >= options.SnapshotTimeout;

    public bool TryStart(Timestamp now)
    {
        if (_isWaiting || now < _notBefore)
        {
            return false;
        }

        _isWaiting = true;
        _askedAt = now;
        _request++;
        Attempts++;
        return true;
    }

    /// <summary>The answer of the request under way is no longer awaited.</summary>
    public void Forget() => _isWaiting = false;

    /// <summary>The book was in order for long: the next fault is answered at once.</summary>
    public void Reset(Timestamp now)
    {
        Attempts = 0;
        _notBefore = now;
    }

    /// <summary>Puts the next request off.</summary>
    public void Delay(Timestamp now, TimeSpan? atLeast)
    {
        TimeSpan delay = options.SlowRetry;
        if (Attempts < options.GiveUpAfter)
        {
            double factor = Math.Pow(2, Math.Max(0, Attempts - 1));
            delay = TimeSpan.FromSeconds(Math.Min(options.RetryCap.TotalSeconds, options.RetryBase.TotalSeconds * factor));
        }

        // Up to half more, so that hundreds of books of one connection do not ask in the same instant.
        delay += delay * (0.5 * (jitter?.Invoke() ?? 0));
        _notBefore = now + (atLeast > delay ? atLeast.Value : delay);
    }
}

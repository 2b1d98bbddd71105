using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// Settles an intent whose outcome is unknown, by reading alone: it never sends the intent again. It asks at set times and on each
/// <see cref="Nudge"/> until the venue shows the order, its absence is proven, or time is up.
/// </summary>
/// <typeparam name="T">The venue's order, or whatever the intent makes.</typeparam>
public sealed class UnknownOutcomeResolver<T>
    where T : class
{
    private readonly UnknownOutcomeOptions _options;
    private readonly UnknownOutcomeQueries<T> _queries;
    private readonly TimeProvider _time;
    private readonly AbsenceProof _proof;
    private readonly Timestamp _sent;
    private readonly Lock _gate = new();
    private TaskCompletionSource _nudged = New();
    private T? _shown;
    private long? _started;
    private int _round;
    private int _asked;
    private string _lacks = "never asked";

    /// <summary>A resolver for one intent.</summary>
    /// <param name="options">The times and what a proof needs.</param>
    /// <param name="queries">How the venue is asked.</param>
    /// <param name="sent">When the intent was last sent, by the clock <paramref name="time"/>.</param>
    /// <param name="time">The clock.</param>
    public UnknownOutcomeResolver(UnknownOutcomeOptions options, UnknownOutcomeQueries<T> queries, Timestamp sent, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(time);
        _options = options;
        _queries = queries;
        _sent = sent;
        _time = time;
        _proof = new AbsenceProof(options, sent);
    }

    /// <summary>Asks at once, because a connection came back.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _nudged.TrySetResult();
        }
    }

    /// <summary>Settles it at once, because a stream showed the order.</summary>
    public void Show(T order)
    {
        lock (_gate)
        {
            _shown ??= order;
            _nudged.TrySetResult();
        }
    }

    /// <summary>
    /// Asks until it is settled or escalated. Called once more after it was escalated, it goes on with what it knows until it is settled: a proof of
    /// absence may need longer than a person should wait for news.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller stopped; the outcome stays unknown.</exception>
    public async Task<UnknownResolution<T>> ResolveAsync(CancellationToken cancellation)
    {
        long started = _started ??= _time.GetTimestamp();
        using CancellationTokenSource deadline = _round == 0 ? new CancellationTokenSource(_options.EscalateAfter, _time) : new CancellationTokenSource();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            while (true)
            {
                await WaitAsync(started, _round++, either.Token).ConfigureAwait(false);
                if (await AskAsync(either.Token).ConfigureAwait(false) is UnknownResolution<T> settled)
                {
                    return settled;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new UnknownResolution<T>(UnknownState.Escalated, null, _asked, _lacks);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WaitAsync(long started, int round, CancellationToken cancellation)
    {
        int beyond = round - _options.AskAt.Count + 1;
        TimeSpan at = beyond <= 0 ? _options.AskAt[round] : _options.AskAt[^1] + (_options.ThenEvery * beyond);
        TimeSpan rest = at - _time.GetElapsedTime(started);
        Task nudged;
        lock (_gate)
        {
            nudged = _nudged.Task;
        }

        if (rest > TimeSpan.Zero)
        {
            using CancellationTokenSource woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(nudged, Task.Delay(rest, _time, woken.Token)).ConfigureAwait(false);
            await woken.CancelAsync().ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _nudged = _nudged.Task.IsCompleted ? New() : _nudged;
        }
    }

    private async Task<UnknownResolution<T>?> AskAsync(CancellationToken cancellation)
    {
        if (_shown is T shown)
        {
            return new UnknownResolution<T>(UnknownState.Adopted, shown, _asked, "shown by the account's stream");
        }

        Timestamp asked = Timestamp.From(_time.GetUtcNow());
        Timestamp? soundSince = _queries.StreamSoundSince();
        _asked++;
        (Sighting seen, T? order) = await _queries.ById(cancellation).WaitAsync(cancellation).ConfigureAwait(false);
        if (_shown is T meanwhile)
        {
            return new UnknownResolution<T>(UnknownState.Adopted, meanwhile, _asked, "shown by the account's stream");
        }

        if (seen == Sighting.Found && order is not null)
        {
            return new UnknownResolution<T>(UnknownState.Adopted, order, _asked, "found by its id");
        }

        if (seen == Sighting.NotFound)
        {
            _proof.AddNotFound(asked, soundSince);
            _lacks = _proof.Lacks() ?? await LacksOfAccountAsync(cancellation).ConfigureAwait(false) ?? "";
            if (_lacks.Length == 0)
            {
                return new UnknownResolution<T>(UnknownState.ProvenAbsent, null, _asked, "not found after the quiet time, no fill, account agrees");
            }
        }

        return null;
    }

    private async Task<string?> LacksOfAccountAsync(CancellationToken cancellation)
    {
        Sighting fills = await _queries.Fills(cancellation).WaitAsync(cancellation).ConfigureAwait(false);
        if (fills != Sighting.NotFound)
        {
            return fills == Sighting.Found ? "there are fills of an order that is not found" : "the fills could not be read";
        }

        bool? agrees = await _queries.AccountAgrees(cancellation).WaitAsync(cancellation).ConfigureAwait(false);
        return agrees switch
        {
            true => _shown is null ? null : "the stream showed it",
            false => "position or balance differ from the books",
            null => "position and balance could not be read",
        };
    }
}

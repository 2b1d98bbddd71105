using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>
/// Keeps a venue's symbols and rules true while orders are sent: read again at set times, and soon after the venue refused an order for a rule
/// that ours passed, because then the rule has changed.
/// </summary>
/// <param name="refresh">Reads symbols, rules and limits.</param>
/// <param name="time">The clock.</param>
internal sealed class SymbolUpkeep(Func<CancellationToken, Task<VenueResult<bool>>> refresh, TimeProvider time)
{
    private TaskCompletionSource _doubted = New();

    /// <summary>Time between readings; venues change rules a few times a month and announce it.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Least time between two readings, so that a strategy whose orders are all refused does not use up the budget.</summary>
    public TimeSpan AtMostEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Notes what a call failed with; a refusal for a rule of the symbol makes it read again.</summary>
    public void Note(VenueError error)
    {
        if (error.Kind is VenueErrorKind.InvalidOrder or VenueErrorKind.MarketClosed or VenueErrorKind.UnknownSymbol && error.NativeCode != 0)
        {
            Volatile.Read(ref _doubted).TrySetResult();
        }
    }

    /// <summary>Reads again and again until it is stopped.</summary>
    /// <param name="failed">Told when it could not be read; it is tried again.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Action<VenueError> failed, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(AtMostEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _doubted.Task.WaitAsync(Every - AtMostEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            Volatile.Write(ref _doubted, New());
            VenueResult<bool> read = await refresh(stop).ConfigureAwait(false);
            if (!read.IsOk)
            {
                failed(read.Error);
                Volatile.Read(ref _doubted).TrySetResult();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Harrier.Exchanges.Results;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Feeds;

/// <summary>Snapshots that the books of one lane asked for, a few under way at once.</summary>
/// <param name="gate">The lane's lock.</param>
/// <param name="options">The feed's options.</param>
/// <param name="take">Takes an answer, outside the lock.</param>
/// <param name="failed">Told, inside the lock, that there will be none.</param>
/// <param name="logger">Takes what a person may want to know.</param>
internal sealed class SnapshotFetches(
    Lock gate, MarketFeedOptions options, Action<SymbolLane, int, VenueResult<ReadOnlyMemory<byte>>> take, Action<SymbolLane, int> failed, ILogger logger)
{
    private readonly Queue<(SymbolLane Symbol, int Request)> _wanted = [];
    private int _running;

    /// <summary>Ends all of it.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Asks for a snapshot; called inside the lock.</summary>
    public void Want(SymbolLane symbol, int request)
    {
        _wanted.Enqueue((symbol, request));
        if (_running < options.SnapshotsAtOnce)
        {
            _running++;
            _ = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        while (Next() is var (symbol, request))
        {
            try
            {
                take(symbol, request, await options.Venue.Snapshots!.Get(symbol.Instrument, Stop).ConfigureAwait(false));
            }
            catch (Exception) when (Stop.IsCancellationRequested)
            {
                // Nobody waits for it any more.
            }
            catch (Exception fault)
            {
                FeedLog.SnapshotFailed(logger, symbol.Instrument.Symbol, fault.Message);
                lock (gate)
                {
                    failed(symbol, request);
                }
            }
        }
    }

    private (SymbolLane Symbol, int Request)? Next()
    {
        lock (gate)
        {
            if (!Stop.IsCancellationRequested && _wanted.TryDequeue(out (SymbolLane Symbol, int Request) next))
            {
                return next;
            }

            _running--;
            return null;
        }
    }
}

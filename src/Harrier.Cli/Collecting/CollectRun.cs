using Harrier.Engine.History;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Cli.Collecting;

/// <summary>Runs a collection and shows it, and says with what exit code it ended.</summary>
/// <param name="command">What was asked for.</param>
/// <param name="time">The clock.</param>
internal sealed class CollectRun(CollectCommand command, TimeProvider time)
{
    private const int NotAll = 1;
    private static readonly TimeSpan _frame = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks what can be checked before anything is sent.</summary>
    /// <exception cref="InputException">The venue makes no such bars.</exception>
    public void Check(IMarketHistory history)
    {
        if (command.Request.Kind == SeriesKind.Bars && !history.Intervals.Contains(command.Request.Interval))
        {
            throw new InputException("interval", SeriesKey.NameOf(command.Request.Interval), $"one of {string.Join(", ", history.Intervals.Select(SeriesKey.NameOf))} at {command.Venue}");
        }
    }

    /// <summary>Collects.</summary>
    public async Task<CollectSummary> RunAsync(IMarketHistory history, ICollectView view, CancellationToken stop)
    {
        StoreOptions options = new() { WriteCsv = command.WritesCsv };
        using MarketStore store = MarketStore.Open(command.Store, options);
        Collector collector = new(history, store, time);
        CollectProgress? progress = null;
        Task<CollectSummary> running = collector.RunAsync(command.Request, started => Volatile.Write(ref progress, started), stop);
        while (!running.IsCompleted)
        {
            Show();
            await Task.WhenAny(running, Task.Delay(_frame, time, CancellationToken.None)).ConfigureAwait(false);
        }

        Show();
        return await running.ConfigureAwait(false);

        void Show()
        {
            if (Volatile.Read(ref progress) is { } known)
            {
                view.Show(known);
            }
        }
    }

    /// <summary>Says what kept it from being complete.</summary>
    /// <returns>0 when all is there or the user stopped it; else 1.</returns>
    /// <exception cref="InputException">The venue has no such data.</exception>
    public int Conclude(CollectSummary summary, TextWriter errors, bool isStopped)
    {
        if (summary.Fault is { } fault)
        {
            BadInput.Show(errors, [$"venue: {command.Venue}: {fault.Message}"]);
            if (fault.Kind == HistoryFaultKind.Unreachable)
            {
                errors.WriteLine("hint: without the internet, start the built-in exchange with 'harrier exchange --port 9900' and add '--endpoint http://127.0.0.1:9900' here");
            }
        }

        foreach (SymbolSummary symbol in summary.Symbols.Where(static one => one.State is SymbolState.Failed or SymbolState.Unknown))
        {
            BadInput.Show(errors, [$"symbols: {symbol.Symbol}: {symbol.Notes[^1]}"]);
        }

        return summary.IsComplete || isStopped ? 0 : NotAll;
    }
}

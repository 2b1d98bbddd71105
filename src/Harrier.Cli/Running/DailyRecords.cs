using Harrier.Cli.Records;
using Harrier.Domain;
using Harrier.Hosting.Performance;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Running;

/// <summary>
/// What is done with the records once a day of UTC and when a run ends: the files of a performance report are written for each account (guide 004), and trades beyond those that
/// are to be kept at hand are archived (guide 003).
/// </summary>
/// <param name="request">What the run was asked for.</param>
/// <param name="store">The records.</param>
/// <param name="accounts">The accounts of the run, which may become more.</param>
/// <param name="warn">Told what could not be done; trading goes on.</param>
internal sealed class DailyRecords(RunRequest request, RecordStore store, Func<IReadOnlyList<string>> accounts, Action<string> warn)
{
    private long? _day;

    /// <summary>Looks whether a day has ended since the last look, and does it then; the first look only notes the day.</summary>
    /// <param name="now">When.</param>
    /// <returns>The work, on another thread; null when there is none.</returns>
    public Task? Look(Timestamp now)
    {
        long day = now.Nanos / TimeSpan.TicksPerDay / TimeSpan.NanosecondsPerTick;
        bool isNew = _day is { } last && day > last;
        _day = day;
        return isNew ? Task.Run(() => Run(now)) : null;
    }

    /// <summary>Does it now.</summary>
    public void Run(Timestamp now)
    {
        try
        {
            foreach (string account in accounts())
            {
                RecordFilter filter = new() { Account = account, WithArchived = true };
                IReadOnlyList<TradeRow> trades = store.Trades(filter);
                IReadOnlyList<EquityRow> equity = store.Equity(filter);
                PerformanceFiles.Write(Path.Combine(request.Home, "performance", account), PerformanceSnapshot.Of(trades, equity, now), trades, equity);
            }

            if (request.Settings.KeepTrades is { } keep)
            {
                store.Archive(keep, now);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or RecordStoreException)
        {
            warn($"warning: performance files and archive: {fault.Message}");
        }
    }
}

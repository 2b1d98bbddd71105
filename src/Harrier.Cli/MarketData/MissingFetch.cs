using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Checks;

namespace Harrier.Cli.MarketData;

/// <summary>Asks venues for what repairs found missing, and for nothing else: whatever is stored is noted as known.</summary>
/// <param name="store">The store.</param>
/// <param name="place">Where venues are reached.</param>
/// <param name="surroundings">The outside world.</param>
internal sealed class MissingFetch(MarketStore store, VenuePlace place, VenueSurroundings surroundings)
{
    private const string Simulated = "sim-";
    private readonly List<string> _faults = [];

    /// <summary>What kept something from being fetched, a line each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Fetches, and looks again at what was incomplete.</summary>
    /// <returns>The repairs with what is missing now.</returns>
    public async Task<IReadOnlyList<SeriesRepair>> RunAsync(IReadOnlyList<SeriesRepair> repairs, CancellationToken stop)
    {
        List<SeriesRepair> after = [.. repairs];
        foreach (IGrouping<VenueId, SeriesRepair> venue in repairs.Where(repair => repair.Missing.Count > 0 && repair.Key.Kind != SeriesKind.Book).GroupBy(repair => repair.Key.Venue))
        {
            if (Open(venue.Key) is not { } history)
            {
                continue;
            }

            using (history)
            {
                foreach (SeriesRepair repair in venue)
                {
                    await FetchAsync(history, repair, stop).ConfigureAwait(false);
                    after[after.IndexOf(repair)] = repair with { Missing = store.Check(repair.Key).Missing };
                }
            }
        }

        return after;
    }

    // Data of the built-in exchange comes from the built-in exchange, and that of a real venue never does.
    private IMarketHistory? Open(VenueId venue)
    {
        string name = venue.IsSimulated ? venue.Name[Simulated.Length..] : venue.Name;
        if (!VenueAliases.Known.Contains(name, StringComparer.Ordinal))
        {
            _faults.Add($"venue: {venue}: nobody who could be asked for what is missing");
            return null;
        }

        VenueResult<IMarketHistory> opened = Composition.Exchanges.Of(name).OpenHistory(new HistoryRequest(name, place), surroundings);
        if (!opened.IsOk)
        {
            _faults.Add($"venue: {venue}: {opened.Error.Message}");
            return null;
        }

        if (opened.Value.Venue == venue)
        {
            return opened.Value;
        }

        _faults.Add(venue.IsSimulated
            ? $"endpoint: {venue}: the built-in exchange that it came from, as --endpoint http://127.0.0.1:9900"
            : $"endpoint: {venue}: the venue itself, as this endpoint has {opened.Value.Venue}");
        opened.Value.Dispose();
        return null;
    }

    private async Task FetchAsync(IMarketHistory history, SeriesRepair repair, CancellationToken stop)
    {
        foreach (TimeRange range in repair.Missing)
        {
            CollectSummary summary = await new Collector(history, store, surroundings.Time).RunAsync(
                new CollectRequest
                {
                    Kind = repair.Key.Kind,
                    Symbols = [repair.Key.Symbol],
                    Interval = repair.Key.Interval ?? default,
                    Period = new CollectPeriod { From = DayOf(range.From), To = DayOf(new Timestamp(range.To.Nanos - 1)) },
                },
                started: null,
                stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (!summary.IsComplete)
            {
                _faults.Add($"{repair.Key}: {range}: {summary.Fault?.Message ?? (summary.Symbols[0].Notes is [.., string last] ? last : "not complete")}");
                return;
            }
        }
    }

    private static DateOnly DayOf(Timestamp time) => DateOnly.FromDateTime(time.ToDateTimeOffset().UtcDateTime);
}

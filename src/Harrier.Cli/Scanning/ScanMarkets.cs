using Harrier.Cli.Backtests;
using Harrier.Cli.Levels;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Storage.Bars;
using Harrier.Strategies.Scanning;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Cli.Scanning;

/// <summary>Finds out what a scan needs to know of each market.</summary>
internal static class ScanMarkets
{
    private const int Bars = 600;
    private const string Leader = "BTCUSDT";

    /// <summary>Looks at all markets asked for; those that cannot be looked at are told of and left out.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="tell">Takes a line for people.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InputException">There is nothing to look at.</exception>
    public static async Task<IReadOnlyList<MarketFacts>> ReadAsync(ScanRequest request, Action<string> tell, CancellationToken stop)
    {
        List<(BarSeries Bars, HistoricalBook? Book)> found = request.Data is { } path
            ? [.. ReadStored(path, request).Select(bars => (bars, (HistoricalBook?)null))]
            : await ReadVenueAsync(request, tell, stop).ConfigureAwait(false);
        if (found.Count == 0)
        {
            throw new InputException("symbols", request.Symbols.Count == 0 ? "none given" : string.Join(",", request.Symbols), "markets that are there and not left out");
        }

        BarSeries? leader = found.Select(one => one.Bars).FirstOrDefault(bars => bars.Instrument.Symbol == Leader);
        int touches = request.Preset.LevelsRules.MinTouches;
        return [.. found.Select(one => BookMeasures.Add(BarMeasures.Of(one.Bars, touches) with { LeaderCorrelation = CorrelationOf(one.Bars, leader) }, one.Book))];
    }

    private static double CorrelationOf(BarSeries bars, BarSeries? leader) =>
        leader is null || ReferenceEquals(bars, leader) ? double.NaN : BarMeasures.Correlation(bars, leader);

    private static List<BarSeries> ReadStored(string path, ScanRequest request)
    {
        BarReadOptions reading = new() { Symbols = request.Symbols, Interval = request.Interval };
        if (!StoredData.IsStore(path))
        {
            return [.. BarFileReader.Read(path, reading).Select(one => Tail(one.Series)).Where(bars => IsWanted(bars, request))];
        }

        VenueId? venue = request.Venue is { } name ? VenueAliases.FindStored("--venue", name) : null;
        using BacktestData data = StoredData.Read(path, reading, venue);
        return [.. data.Series.Select(Tail).Where(bars => IsWanted(bars, request))];
    }

    private static bool IsWanted(BarSeries bars, ScanRequest request) => !request.Excluded.Contains(bars.Instrument.Symbol);

    private static async Task<List<(BarSeries Bars, HistoricalBook? Book)>> ReadVenueAsync(ScanRequest request, Action<string> tell, CancellationToken stop)
    {
        string venue = VenueAliases.Find("--venue", request.Venue ?? VenueAliases.Known[0]).Name;
        using HttpMessageInvoker http = RestTransport.Create();
        VenueResult<IMarketHistory> opened = Composition.Exchanges.Of(venue)
            .OpenHistory(new HistoryRequest(venue, request.Place), Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance));
        using IMarketHistory history = opened.IsOk ? opened.Value : throw new InputException("venue", venue, opened.Error.Message);
        IReadOnlyList<string> symbols = request.Symbols.Count > 0 ? request.Symbols : MajorSymbols.All;
        List<(BarSeries Bars, HistoricalBook? Book)> found = [];
        foreach (string symbol in symbols.Except(request.Excluded))
        {
            try
            {
                BarSeries bars = await VenueBars.ReadAsync(history, symbol, request.Interval, Bars, stop).ConfigureAwait(false);
                HistoryAnswer<HistoricalBook> book = await history.BookAsync(symbol, stop).ConfigureAwait(false);
                found.Add((bars, book.IsOk ? book.Value : null));
            }
            catch (InputException fault) when (fault.Message.StartsWith("symbol", StringComparison.Ordinal) && symbols.Count > 1)
            {
                tell($"left out: {fault.Message}");
            }
        }

        return found;
    }

    // Measures look back some hundred bars; levels and bands need no more.
    private static BarSeries Tail(BarHistory history)
    {
        Queue<Bar> last = new(Bars);
        foreach (ReadOnlyMemory<Bar> block in history.ReadBlocks())
        {
            foreach (ref readonly Bar bar in block.Span)
            {
                if (last.Count == Bars)
                {
                    _ = last.Dequeue();
                }

                last.Enqueue(bar);
            }
        }

        return new BarSeries(history.Instrument, history.Spec, [.. last], last.Count);
    }
}

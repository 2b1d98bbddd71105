using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>
/// Brings a venue's past into the store: what is wanted and not stored yet, and nothing else. What is known about that lies in the store alone, so that a run that was
/// ended by whatever means is taken up by the next one.
/// </summary>
/// <param name="history">The venue.</param>
/// <param name="store">Where rows go.</param>
/// <param name="time">The clock of pauses; what is final is told by the venue's.</param>
/// <param name="options">How it is gone about.</param>
public sealed class Collector(IMarketHistory history, MarketStore store, TimeProvider time, CollectorOptions? options = null)
{
    // Fundings are listed some time after they were due.
    private static readonly TimeSpan _fundingDelay = TimeSpan.FromMinutes(10);

    private readonly CollectorOptions _options = options ?? new CollectorOptions();

    /// <summary>Collects.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="started">Told the progress once, which then changes by itself; null for nobody.</param>
    /// <param name="cancellation">Stops; what came is written, and the summary tells how far it came.</param>
    public async Task<CollectSummary> RunAsync(CollectRequest request, Action<CollectProgress>? started, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        SymbolProgress[] symbols = [.. request.Symbols.Select(static symbol => new SymbolProgress(symbol))];
        started?.Invoke(new CollectProgress(history.Venue, symbols, () => history.Usage));
        HistoryFault? fault = null;
        Dictionary<string, long> gaps = new(StringComparer.Ordinal);
        try
        {
            HistoryAnswer<Timestamp> now = await history.TimeAsync(cancellation).ConfigureAwait(false);
            fault = now.IsOk ? await AllAsync(request, symbols, now.Value, gaps, cancellation).ConfigureAwait(false) : now.Fault;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Array.ForEach(symbols, static one => one.State = one.State is SymbolState.Waiting or SymbolState.Running ? SymbolState.Stopped : one.State);
        }

        return new CollectSummary(history.Venue, [.. symbols.Select(one => Summarize(request, one, gaps.GetValueOrDefault(one.Symbol)))])
        {
            Fault = fault,
            Requests = history.Usage.Requests,
        };
    }

    private async Task<HistoryFault?> AllAsync(
        CollectRequest request, SymbolProgress[] symbols, Timestamp now, Dictionary<string, long> gaps, CancellationToken cancellation)
    {
        CollectContext context = new(history, store, request, _options, time) { Now = now };
        (SymbolProgress Symbol, IReadOnlyList<TimeRange> Missing)[] work =
            [.. symbols.Select(symbol => (symbol, MissingOf(context, symbol.Symbol))).Where(one => one.Item2.Count > 0 || request.Kind == SeriesKind.Book)];
        foreach (SymbolProgress complete in symbols.Except(work.Select(static one => one.Symbol)))
        {
            complete.State = SymbolState.Complete;
        }

        if (work.Length == 0)
        {
            return null;
        }

        HistoryAnswer<IReadOnlyDictionary<string, HistoryListing>> listed = await context.Questions.AskAsync(
            new SymbolProgress(""), () => history.ListingsAsync(request.Symbols, cancellation), cancellation).ConfigureAwait(false);
        if (!listed.IsOk)
        {
            return listed.Fault;
        }

        ParallelOptions bounded = new() { MaxDegreeOfParallelism = Math.Max(1, request.Concurrency), CancellationToken = cancellation };
        await Parallel.ForEachAsync(work, bounded, async (one, stop) =>
        {
            if (!listed.Value.TryGetValue(one.Symbol.Symbol, out HistoryListing? listing))
            {
                one.Symbol.Fail(new HistoryFault(HistoryFaultKind.UnknownSymbol, $"not listed at {history.Venue}: unknown, or delisted"));
                return;
            }

            one.Symbol.Begin(one.Missing);
            long missing = await OneAsync(SeriesCollection.Of(context, one.Symbol, listing), one.Symbol, one.Missing, stop).ConfigureAwait(false);
            lock (gaps)
            {
                gaps[one.Symbol.Symbol] = missing;
            }
        }).ConfigureAwait(false);
        return null;
    }

    private static async Task<long> OneAsync(SeriesCollection series, SymbolProgress progress, IReadOnlyList<TimeRange> missing, CancellationToken cancellation)
    {
        try
        {
            HistoryFault? fault = null;
            try
            {
                fault = await series.RunAsync(missing, cancellation).ConfigureAwait(false);
            }
            finally
            {
                series.Flush();
            }

            if (fault is null)
            {
                progress.State = SymbolState.Complete;
            }
            else
            {
                progress.Fail(fault);
            }
        }
        catch (OperationCanceledException)
        {
            progress.State = SymbolState.Stopped;
            throw;
        }
        catch (StoreException failure)
        {
            progress.Fail(failure.Message);
        }

        return series.Gaps;
    }

    private IReadOnlyList<TimeRange> MissingOf(CollectContext context, string symbol)
    {
        CollectRequest request = context.Request;
        switch (request.Kind)
        {
            case SeriesKind.Bars:
                Timestamp end = request.Interval.BucketStart(context.Now + -_options.Safety);
                TimeRange wanted = request.Period.Until(context.Now, end);
                Timestamp first = request.Interval.BucketStart(wanted.From);
                Timestamp from = first == wanted.From ? first : new Timestamp(first.Nanos + request.Interval.IntervalNanos);
                Timestamp to = request.Interval.BucketStart(wanted.To);
                return new TimeRange(from, to).Except(store.Bars.FactsOf(SeriesKey.Bars(history.Venue, symbol, request.Interval)).Covered);
            case SeriesKind.Trades:
                return request.Period.Until(context.Now, context.Now + -_options.Safety).Except(store.Trades.FactsOf(SeriesKey.Trades(history.Venue, symbol)).Covered);
            case SeriesKind.Funding:
                return request.Period.Until(context.Now, context.Now + -_fundingDelay).Except(store.Funding.FactsOf(SeriesKey.Funding(history.Venue, symbol)).Covered);
            default:
                return [];
        }
    }

    private SymbolSummary Summarize(CollectRequest request, SymbolProgress progress, long gaps)
    {
        SeriesKey key = new(history.Venue, request.Kind, progress.Symbol, request.Kind == SeriesKind.Bars ? SeriesKey.Bars(history.Venue, progress.Symbol, request.Interval).Interval : null);
        SeriesDescription? stored = null;
        try
        {
            stored = store.Describe(key);
        }
        catch (StoreException failure)
        {
            progress.Fail(failure.Message);
        }

        long expected = request.Kind == SeriesKind.Bars && stored is { First: { } first, Last: { } last } ? ((last.Nanos - first.Nanos) / request.Interval.IntervalNanos) + 1 : stored?.Rows ?? 0;
        return new SymbolSummary
        {
            Symbol = progress.Symbol,
            State = progress.State,
            IsNotSupported = progress.Fault?.Kind == HistoryFaultKind.NotSupported,
            RowsNew = progress.Added,
            RowsTotal = stored?.Rows ?? 0,
            First = stored?.First,
            Last = stored?.Last,
            Gaps = expected - (stored?.Rows ?? 0) + gaps,
            Requests = progress.Requests,
            Repairs = progress.Repairs,
            Notes = progress.Notes,
        };
    }
}

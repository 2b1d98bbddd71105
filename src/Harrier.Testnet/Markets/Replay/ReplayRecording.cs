using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>What is to be replayed: streams of events, each in order of time, merged by time.</summary>
public sealed class ReplayRecording
{
    private const int LookAhead = 3000;
    private readonly IReadOnlyList<IEnumerable<ReplayEvent>> _streams;

    /// <summary>A recording of at least one event.</summary>
    /// <param name="streams">Each stream in order of time.</param>
    /// <exception cref="ArgumentException">There is no event.</exception>
    public ReplayRecording(IReadOnlyList<IEnumerable<ReplayEvent>> streams)
    {
        _streams = streams;
        Symbols = [.. streams.SelectMany(stream => stream.Take(LookAhead)).GroupBy(happened => happened.Symbol).Select(Describe).OrderBy(symbol => symbol.Symbol, StringComparer.Ordinal)];
        if (Symbols.Count == 0)
        {
            throw new ArgumentException("the recording holds no trade and no book", nameof(streams));
        }
    }

    /// <summary>Its symbols with the grids that the first events suggest.</summary>
    public IReadOnlyList<ReplaySymbol> Symbols { get; }

    /// <summary>All events by time; of one time, those of the stream given first come first.</summary>
    public IEnumerable<ReplayEvent> Events()
    {
        PriorityQueue<(IEnumerator<ReplayEvent> Stream, int Index), (long Nanos, int Index)> queue = new();
        List<IEnumerator<ReplayEvent>> open = [];
        try
        {
            for (int i = 0; i < _streams.Count; i++)
            {
                IEnumerator<ReplayEvent> stream = _streams[i].GetEnumerator();
                open.Add(stream);
                if (stream.MoveNext())
                {
                    queue.Enqueue((stream, i), (stream.Current.Time.Nanos, i));
                }
            }

            while (queue.TryDequeue(out (IEnumerator<ReplayEvent> Stream, int Index) next, out _))
            {
                yield return next.Stream.Current;
                if (next.Stream.MoveNext())
                {
                    queue.Enqueue(next, (next.Stream.Current.Time.Nanos, next.Index));
                }
            }
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }
    }

    private static ReplaySymbol Describe(IGrouping<string, ReplayEvent> events)
    {
        int prices = 0;
        int quantities = 0;
        decimal start = 0;
        foreach (ReplayEvent happened in events)
        {
            IEnumerable<DepthLevel> levels = happened is ReplayBook book ? book.Bids.Take(50).Concat(book.Asks.Take(50)) : [];
            if (happened is ReplayTrade trade)
            {
                start = start == 0 ? trade.Price : start;
                levels = [new DepthLevel(trade.Price, trade.Quantity)];
            }

            foreach (DepthLevel level in levels)
            {
                prices = Math.Max(prices, level.Price.Scale);
                quantities = Math.Max(quantities, level.Quantity.Scale);
            }
        }

        ReplayBook? first = events.OfType<ReplayBook>().FirstOrDefault(book => book.Bids.Count > 0);
        return new ReplaySymbol(events.Key, Place(prices), Place(quantities), start > 0 ? start : first?.Bids.Max(level => level.Price) ?? 1);
    }

    private static decimal Place(int scale)
    {
        decimal place = 1;
        for (int i = 0; i < scale; i++)
        {
            place /= 10;
        }

        return place;
    }
}

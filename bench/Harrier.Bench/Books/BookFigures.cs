using Harrier.Bench.Figures;
using Harrier.Engine.Market;
using Harrier.Exchanges.Books;

namespace Harrier.Bench.Books;

/// <summary>
/// JSON depth messages to verified books, trades to events, and level changes to a book. Messages come from <c>--messages FOLDER</c>, made by the
/// anchors' scripts, and from <c>--capture FILE</c>, a recording of the shared data.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class BookFigures(TimeProvider time) : IFigureArea
{
    /// <inheritdoc/>
    public string Name => "books";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (options.TryGetValue("messages", out string? folder))
        {
            foreach (Figure figure in Measure("synthetic", BookMessages.FromFolder(folder), BookUse.Plain))
            {
                yield return figure;
            }
        }

        if (options.TryGetValue("capture", out string? capture))
        {
            foreach (Figure figure in Measure("recorded", BookMessages.FromCapture(capture), BookUse.Verified))
            {
                yield return figure;
            }
        }
    }

    private static LevelChange[] Changes(BookMessages messages, BookUse use)
    {
        BookFeed feed = new(messages, use) { Record = [] };
        feed.Restart();
        feed.Play(messages.Depth);
        OrderBook book = feed.Book ?? throw new InvalidDataException("the messages leave no verified book");
        Console.Error.WriteLine(
            $"{messages.Depth.Length} messages, {feed.Record.Count} changes, {book.Bids.Count} bids, {book.Asks.Count} asks, best {book.Bids.BestTicks} {book.Asks.BestTicks}");
        return [.. feed.Record];
    }

    private static void Apply(OrderBook book, LevelChange[] changes)
    {
        foreach (ref readonly LevelChange change in changes.AsSpan())
        {
            book.Set(change.IsAsk, change.Ticks, change.Lots);
        }
    }

    private IEnumerable<Figure> Measure(string kind, BookMessages messages, BookUse use)
    {
        Repetitions repetitions = new(time);
        LevelChange[] changes = Changes(messages, use);
        BookFeed feed = new(messages, use);
        yield return repetitions.NanosecondsPer(
            new Figure(Name, $"{kind} depth JSON to book", "ns/msg", 0, 0, 0), messages.Depth.Length, feed.Restart, () => feed.Play(messages.Depth));
        BookFeed scan = new(messages, BookUse.None);
        yield return repetitions.NanosecondsPer(Name, $"{kind} depth JSON to changes", "ns/msg", messages.Depth.Length, () => scan.Play(messages.Depth));
        yield return repetitions.NanosecondsPer(Name, $"{kind} trade JSON to event", "ns/msg", messages.Trades.Length, () => feed.Play(messages.Trades));
        OrderBook book = new();
        yield return repetitions.NanosecondsPer(Name, $"{kind} level change", "ns/change", changes.Length, () => Apply(book, changes));
        yield return Allocated($"{kind} depth, allocated", feed.Restart, () => feed.Play(messages.Depth), messages.Depth.Length);
        yield return Allocated($"{kind} trade, allocated", static () => { }, () => feed.Play(messages.Trades), messages.Trades.Length);
    }

    private Figure Allocated(string name, Action prepare, Action work, int count)
    {
        double[] bytes = new double[5];
        for (int i = -1; i < bytes.Length; i++)
        {
            prepare();
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            bytes[Math.Max(i, 0)] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
        }

        Array.Sort(bytes);
        return new Figure(Name, name, "B/msg", bytes[bytes.Length / 2], bytes[0], bytes[^1]);
    }
}

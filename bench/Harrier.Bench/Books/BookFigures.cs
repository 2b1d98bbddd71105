using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Exchanges.Books;

namespace Harrier.Bench.Books;

/// <summary>
/// JSON depth messages to verified books, trades to events, and level changes to a book. Messages come from <c>--messages FOLDER</c>, made by the
/// anchors' scripts, and from <c>--capture FILE</c>, a recording of the shared data. <c>--jsonlimit</c>, <c>--simdjson</c> and <c>--l2</c> name
/// the anchors' harnesses, which run on the same folder.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class BookFigures(TimeProvider time) : IFigureArea
{
    private Dictionary<string, (double Median, double Least)> _anchors = [];

    /// <inheritdoc/>
    public string Name => "books";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        _anchors = Anchors(options);
        if (options.TryGetValue("messages", out string? folder))
        {
            foreach (Figure figure in Measure("raw", BookMessages.FromFolder(folder), BookUse.Plain))
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

    private static Dictionary<string, (double Median, double Least)> Anchors(IReadOnlyDictionary<string, string> options)
    {
        string[] folder = [options.GetValueOrDefault("messages", "")];
        return new Dictionary<string, (double Median, double Least)>(((string[])["jsonlimit", "simdjson", "l2"])
            .SelectMany(name => AnchorProgram.Run(options.GetValueOrDefault(name), folder, runs: 3)));
    }

    /// <summary>A figure, once beside each anchor that ran; alone when none did.</summary>
    private IEnumerable<Figure> Beside(Figure figure, params ReadOnlySpan<string> names)
    {
        List<Figure> beside = [];
        foreach (string name in names)
        {
            if (_anchors.TryGetValue(name, out (double Median, double Least) cost))
            {
                beside.Add((figure with { Name = $"{figure.Name} / {name}" }).Against(cost.Median, cost.Least));
            }
        }

        return beside.Count > 0 ? beside : [figure];
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
        BookFeed scan = new(messages, BookUse.None);
        OrderBook book = new();
        Figure depth = repetitions.NanosecondsPer(
            new Figure(Name, $"{kind} depth JSON to book", "ns/msg", 0, 0, 0), messages.Depth.Length, feed.Restart, () => feed.Play(messages.Depth));
        Figure read = repetitions.NanosecondsPer(Name, $"{kind} depth JSON to changes", "ns/msg", messages.Depth.Length, () => scan.Play(messages.Depth));
        Figure trade = repetitions.NanosecondsPer(Name, $"{kind} trade JSON to event", "ns/msg", messages.Trades.Length, () => feed.Play(messages.Trades));
        Figure change = repetitions.NanosecondsPer(Name, $"{kind} level change", "ns/change", changes.Length, () => Apply(book, changes));
        return
        [
            .. Beside(depth, "scanner_depth_to_tick_book", "scanner_depth_to_book", "simdjson_ondemand_depth_to_book"),
            .. Beside(read, "scanner_depth_extract_only", "simdjson_ondemand_depth_extract"),
            .. Beside(trade, "scanner_trade_extract", "simdjson_ondemand_trade_extract"),
            .. Beside(change, "tick_array", "sorted_vector", "std_map"),
            Allocated($"{kind} depth, allocated", feed.Restart, () => feed.Play(messages.Depth), messages.Depth.Length),
            Allocated($"{kind} trade, allocated", static () => { }, () => feed.Play(messages.Trades), messages.Trades.Length),
        ];
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

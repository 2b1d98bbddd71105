using System.Globalization;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;

namespace Harrier.Cli.Streaming;

/// <summary>Plain lines for files and pipes.</summary>
internal sealed class StreamLines(TextWriter output, TextWriter errors) : IStreamView
{
    /// <summary>Heads of the columns, the same as in the live table.</summary>
    public static IReadOnlyList<string> Heads { get; } =
        ["symbol", "last", "bid", "ask", "spread bps", "msg/s", "latency", "p50", "p99", "book", "unverified", "reconnects"];

    private bool _hasHead;

    public void Show(StreamMoment moment)
    {
        if (!_hasHead)
        {
            _hasHead = true;
            output.WriteLine("time                  " + Line(Heads));
        }

        foreach (SymbolStatus symbol in moment.Symbols)
        {
            output.WriteLine($"{moment.Time.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}  {Line(Cells(symbol))}");
        }

        if (moment.HasStatistics)
        {
            output.WriteLine(Summary(moment));
        }

        output.Flush();
    }

    public void Warn(string line) => errors.WriteLine(line);

    public void Dispose()
    {
    }

    /// <summary>Totals in one line.</summary>
    public static string Summary(StreamMoment moment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{moment.Venue}: {moment.TotalMessages} messages since {moment.Started}, {moment.Errors} errors, connections: {string.Join(", ", moment.Connections.Select(one => $"{one.Key} {one.Value.State.ToString().ToLowerInvariant()}"))}");

    /// <summary>A symbol as text, one cell per column.</summary>
    public static IReadOnlyList<string> Cells(SymbolStatus symbol) =>
    [
        symbol.Symbol,
        Price(symbol.Last),
        Price(symbol.Bid),
        Price(symbol.Ask),
        symbol.SpreadBps?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-",
        symbol.MessagesPerSecond.ToString("0.0", CultureInfo.InvariantCulture),
        Milliseconds(symbol.Latency),
        Milliseconds(symbol.LatencyP50),
        Milliseconds(symbol.LatencyP99),
        Word(symbol.Book),
        symbol.BookCounts is { } counts ? counts.TimeUnverified.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "-",
        symbol.Reconnects.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>The state of a book in a word.</summary>
    public static string Word(BookState? state) => state?.ToString().ToLowerInvariant() ?? "-";

    /// <summary>Money without the zeros at its end.</summary>
    public static string? Money(decimal? value) => value?.ToString("0.##################", CultureInfo.InvariantCulture);

    private static string Line(IReadOnlyList<string> cells) =>
        cells[0].PadRight(14) + string.Concat(cells.Skip(1).Select((cell, i) => cell.PadLeft(i < 3 ? 14 : 11)));

    private static string Price(decimal? price) => Money(price) ?? "-";

    private static string Milliseconds(TimeSpan? time) => time is { } some ? some.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms" : "-";
}

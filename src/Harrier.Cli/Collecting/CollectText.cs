using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Collection;
using Harrier.Storage.Market;

namespace Harrier.Cli.Collecting;

/// <summary>A collection in words.</summary>
internal static class CollectText
{
    private static readonly string[] _heads = ["symbol", "rows new", "rows total", "first", "last", "gaps", "requests", "state"];

    /// <summary>The state in a word.</summary>
    public static string Word(SymbolState state) => state.ToString().ToLowerInvariant();

    /// <summary>What is used of the venue's limits.</summary>
    public static string Usage(HistoryUsage usage) => usage.ShutOutFor > TimeSpan.Zero
        ? $"shut out by the venue for {Span(usage.ShutOutFor)}"
        : Invariant($"weight {usage.Used} of {usage.Limit} per {Span(usage.Window)}, {usage.Requests} requests");

    /// <summary>A length of time as people say it.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } => Invariant($"{(int)span.TotalHours}h{span.Minutes:00}m"),
        { TotalMinutes: > 1 } => Invariant($"{span.Minutes}m{span.Seconds:00}s"),
        _ => Invariant($"{Math.Ceiling(span.TotalSeconds):0}s"),
    };

    /// <summary>The table at the end, and what a person should know beside it.</summary>
    public static void Write(CollectSummary summary, CollectCommand command, TextWriter output)
    {
        string what = command.Request.Kind == SeriesKind.Bars ? $"bars of {SeriesKey.NameOf(command.Request.Interval)}" : command.Request.Kind.ToString().ToLowerInvariant();
        output.WriteLine($"{summary.Venue}, {what}, in {command.Store}");
        List<string[]> rows = [_heads, .. summary.Symbols.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, _heads.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => i is 1 or 2 or 5 or 6 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        }

        foreach (SymbolSummary symbol in summary.Symbols)
        {
            foreach (string note in symbol.Notes)
            {
                output.WriteLine($"{symbol.Symbol}: {note}");
            }

            if (symbol.Repairs > 0)
            {
                output.WriteLine(Invariant($"{symbol.Symbol}: {symbol.Repairs} rows came twice, out of order or unasked, and were put right"));
            }
        }

        if (summary.Venue.IsSimulated)
        {
            output.WriteLine("This is data of the built-in exchange, made up: no market was ever like it.");
        }
    }

    private static string[] Cells(SymbolSummary symbol) =>
    [
        symbol.Symbol,
        symbol.RowsNew.ToString(CultureInfo.InvariantCulture),
        symbol.RowsTotal.ToString(CultureInfo.InvariantCulture),
        Time(symbol.First),
        Time(symbol.Last),
        symbol.Gaps.ToString(CultureInfo.InvariantCulture),
        symbol.Requests.ToString(CultureInfo.InvariantCulture),
        Word(symbol.State),
    ];

    private static string Time(Timestamp? time) => time is { } some ? some.ToString() : "-";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

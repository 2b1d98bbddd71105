using System.Globalization;
using Harrier.Storage.Collection;
using Spectre.Console;

namespace Harrier.Cli.Collecting;

/// <summary>Shows a collection while it goes on.</summary>
internal interface ICollectView
{
    /// <summary>Shows it as it stands.</summary>
    void Show(CollectProgress progress);
}

/// <summary>Plain lines for files and pipes: when a symbol begins or ends, and one for all of them from time to time.</summary>
/// <param name="errors">Takes the lines.</param>
/// <param name="time">The clock.</param>
internal sealed class CollectLines(TextWriter errors, TimeProvider time) : ICollectView
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, SymbolState> _states = new(StringComparer.Ordinal);
    private long _shown = time.GetTimestamp();

    /// <inheritdoc/>
    public void Show(CollectProgress progress)
    {
        foreach (SymbolProgress symbol in progress.Symbols)
        {
            SymbolState state = symbol.State;
            if (_states.GetValueOrDefault(symbol.Symbol) != state)
            {
                _states[symbol.Symbol] = state;
                errors.WriteLine(FormattableString.Invariant($"{symbol.Symbol}: {CollectText.Word(state)}, {symbol.Rows} rows"));
            }
        }

        if (time.GetElapsedTime(_shown) >= _every)
        {
            _shown = time.GetTimestamp();
            int ended = progress.Symbols.Count(static one => one.State > SymbolState.Running);
            double share = progress.Symbols.Average(static one => one.State > SymbolState.Running ? 1 : one.Share);
            errors.WriteLine(FormattableString.Invariant(
                $"{share * 100:0} %, {ended} of {progress.Symbols.Count} symbols, {progress.Symbols.Sum(static one => one.Rows)} rows, {CollectText.Usage(progress.Usage)}"));
        }

        errors.Flush();
    }
}

/// <summary>A table on the terminal that is drawn anew in place: for each symbol a bar, rows, pace and the time left.</summary>
/// <param name="context">Where it is drawn.</param>
/// <param name="time">The clock.</param>
internal sealed class CollectTable(LiveDisplayContext context, TimeProvider time) : ICollectView
{
    private const int BarWidth = 24;

    private readonly CollectPace _pace = new(time);

    /// <inheritdoc/>
    public void Show(CollectProgress progress)
    {
        context.UpdateTarget(Render(progress));
        context.Refresh();
    }

    private Table Render(CollectProgress progress)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{progress.Venue}")) };
        table.AddColumn("symbol").AddColumn("").AddColumn(new TableColumn("rows").RightAligned()).AddColumn(new TableColumn("rows/s").RightAligned());
        table.AddColumn(new TableColumn("left").RightAligned()).AddColumn("state");
        foreach (SymbolProgress symbol in progress.Symbols)
        {
            double share = symbol.State == SymbolState.Complete ? 1 : symbol.Share;
            int filled = (int)(share * BarWidth);
            table.AddRow(
                new Markup(Markup.Escape(symbol.Symbol)),
                new Markup(FormattableString.Invariant($"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {share * 100,3:0} %")),
                new Markup(symbol.Rows.ToString("N0", CultureInfo.InvariantCulture)),
                new Markup(_pace.RowsPerSecond(symbol).ToString("N0", CultureInfo.InvariantCulture)),
                new Markup(_pace.Left(symbol) is { } left ? CollectText.Span(left) : ""),
                new Markup($"[{Color(symbol.State)}]{CollectText.Word(symbol.State)}[/]"));
        }

        table.Caption = new TableTitle(Markup.Escape(CollectText.Usage(progress.Usage)));
        return table;
    }

    private static string Color(SymbolState state) => state switch
    {
        SymbolState.Complete => "green",
        SymbolState.Failed or SymbolState.Unknown => "red",
        SymbolState.Running => "yellow",
        _ => "grey",
    };
}

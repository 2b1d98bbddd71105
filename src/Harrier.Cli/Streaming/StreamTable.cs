using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;
using Spectre.Console;

namespace Harrier.Cli.Streaming;

/// <summary>A table on the terminal that is drawn anew in place.</summary>
internal sealed class StreamTable : IStreamView
{
    private const int LinesAround = 7;

    private readonly IAnsiConsole _console;
    private readonly Channel _frames = new();
    private readonly Task _drawing;
    private string _warning = "";

    public StreamTable(IAnsiConsole console)
    {
        _console = console;
        _drawing = Task.Run(DrawAsync);
    }

    public void Show(StreamMoment moment) => _frames.Post(Render(moment));

    public void Warn(string line) => _warning = line;

    public void Dispose()
    {
        _frames.Close();
        _drawing.GetAwaiter().GetResult();
    }

    private async Task DrawAsync() => await _console.Live(new Text("connecting ...")).StartAsync(async context =>
    {
        while (await _frames.NextAsync().ConfigureAwait(false) is { } table)
        {
            context.UpdateTarget(table);
        }
    }).ConfigureAwait(false);

    private Table Render(StreamMoment moment)
    {
        Table table = new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape($"{moment.Venue}  {moment.Time}")) };
        for (int i = 0; i < StreamLines.Heads.Count; i++)
        {
            TableColumn column = new(Markup.Escape(StreamLines.Heads[i]));
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        int room = Math.Max(3, _console.Profile.Height - LinesAround);
        foreach (SymbolStatus symbol in moment.Symbols.Take(room))
        {
            table.AddRow([.. StreamLines.Cells(symbol).Select((cell, i) => new Markup(i == 9 ? $"[{Color(symbol.Book)}]{Markup.Escape(cell)}[/]" : Markup.Escape(cell)))]);
        }

        string more = moment.Symbols.Count > room ? $"and {moment.Symbols.Count - room} more symbols; " : "";
        string caption = more + StreamLines.Summary(moment);
        table.Caption = new TableTitle(Markup.Escape(_warning.Length > 0 ? caption + "\n" + _warning : caption));
        return table;
    }

    private static string Color(BookState? state) => state switch
    {
        BookState.Verified => "green",
        BookState.Suspect => "red",
        _ => "yellow",
    };

    /// <summary>The newest table; those that nobody drew in time are forgotten.</summary>
    private sealed class Channel
    {
        private readonly System.Threading.Channels.Channel<Table> _tables =
            System.Threading.Channels.Channel.CreateBounded<Table>(new System.Threading.Channels.BoundedChannelOptions(1) { FullMode = System.Threading.Channels.BoundedChannelFullMode.DropOldest });

        public void Post(Table table) => _tables.Writer.TryWrite(table);

        public void Close() => _tables.Writer.TryComplete();

        public async ValueTask<Table?> NextAsync() =>
            await _tables.Reader.WaitToReadAsync().ConfigureAwait(false) && _tables.Reader.TryRead(out Table? table) ? table : null;
    }
}

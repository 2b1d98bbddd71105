using System.Globalization;
using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Features.Microstructure;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harrier.Cli.Diagnostics;

/// <summary>The session on a terminal, drawn anew in place: book, walls, activity, the last events.</summary>
internal sealed class L2Table : IL2View
{
    private const int EventsShown = 8;

    private readonly IAnsiConsole _console;
    private readonly Queue<string> _events = [];
    private readonly Channel<IRenderable> _frames = Channel.CreateBounded<IRenderable>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task _drawing;
    private string _warning = "";

    public L2Table(IAnsiConsole console)
    {
        _console = console;
        _drawing = Task.Run(DrawAsync);
    }

    public void Show(L2Snapshot snapshot) => _frames.Writer.TryWrite(Render(snapshot));

    public void Record(DiagnosticRecord record)
    {
        if (record.Component == "density")
        {
            _events.Enqueue(L2Text.Event(record));
            while (_events.Count > EventsShown)
            {
                _events.Dequeue();
            }
        }
    }

    public void End(DiagnosticSession session)
    {
        Stop();
        _console.WriteLine(L2Text.Summary(session));
    }

    public void Warn(string line) => _warning = line;

    public void Dispose() => Stop();

    private static Table Book(L2Snapshot snapshot)
    {
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("bid size", "bid", "ask", "ask size");
        for (int i = 0; i < Math.Max(snapshot.Bids.Count, snapshot.Asks.Count); i++)
        {
            (string bid, string bidSize) = Cells(snapshot, snapshot.Bids, i);
            (string ask, string askSize) = Cells(snapshot, snapshot.Asks, i);
            table.AddRow(bidSize, $"[green]{bid}[/]", $"[red]{ask}[/]", askSize);
        }

        return table;
    }

    private static (string Price, string Size) Cells(L2Snapshot snapshot, IReadOnlyList<BookLevel> levels, int index) => index >= levels.Count
        ? ("", "")
        : (snapshot.Instrument.ToDecimal(levels[index].Price).ToString("0.########", CultureInfo.InvariantCulture),
            snapshot.Instrument.ToDecimal(levels[index].Size).ToString("0.########", CultureInfo.InvariantCulture));

    private static Table Walls(L2Snapshot snapshot)
    {
        Table table = new Table { Border = TableBorder.Rounded }.AddColumns("wall", "price", "size", "strength", "eaten", "consumed");
        foreach (Wall wall in snapshot.Walls.OrderByDescending(wall => wall.Price))
        {
            table.AddRow(
                wall.Side == OrderSide.Buy ? "[green]bid[/]" : "[red]ask[/]",
                Text(wall.Price, "0.########"),
                Text(wall.Size, "0.####"),
                Text(wall.Strength, "0.0"),
                wall.IsEaten ? $"[yellow]{Text(wall.EatenRatio, "0.00")}[/]" : Text(wall.EatenRatio, "0.00"),
                Text(wall.Consumed, "0.####"));
        }

        table.Caption = new TableTitle(snapshot.Threshold is { } threshold ? $"from {Text(threshold, "0.####")} on" : "waiting for a book");
        return table;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private Rows Render(L2Snapshot snapshot) => new(
        new Markup(Markup.Escape($"{snapshot.Instrument}  {snapshot.Time}  {L2Text.Book(snapshot)}")),
        new Columns(Book(snapshot), Walls(snapshot)),
        new Markup(snapshot.IsDropping ? $"[red]{Markup.Escape(L2Text.Activity(snapshot))}[/]" : Markup.Escape(L2Text.Activity(snapshot))),
        new Text(string.Join('\n', _events)),
        new Text(_warning));

    private void Stop()
    {
        _frames.Writer.TryComplete();
        _drawing.GetAwaiter().GetResult();
    }

    private async Task DrawAsync() => await _console.Live(new Text("waiting ...")).StartAsync(async context =>
    {
        while (await _frames.Reader.WaitToReadAsync().ConfigureAwait(false) && _frames.Reader.TryRead(out IRenderable? frame))
        {
            context.UpdateTarget(frame);
        }
    }).ConfigureAwait(false);
}

using System.Globalization;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harrier.Cli.Running;

/// <summary>Accounts, bots and the latest events on the terminal, drawn anew in place.</summary>
internal sealed class RunTable : IRunView
{
    private const int EventLines = 8;

    private readonly IAnsiConsole _console;
    private readonly Queue<string> _events = new();
    private readonly Lock _gate = new();
    private readonly System.Threading.Channels.Channel<IRenderable> _frames =
        System.Threading.Channels.Channel.CreateBounded<IRenderable>(new System.Threading.Channels.BoundedChannelOptions(1) { FullMode = System.Threading.Channels.BoundedChannelFullMode.DropOldest });

    private readonly Task _drawing;

    public RunTable(IAnsiConsole console)
    {
        _console = console;
        _drawing = Task.Run(DrawAsync);
    }

    public void Begin(IReadOnlyList<AccountStatus> accounts) => Show(accounts);

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        List<IRenderable> parts = [.. accounts.Select(Render)];
        lock (_gate)
        {
            parts.AddRange(_events.Select(static line => new Text(line)));
        }

        _frames.Writer.TryWrite(new Rows(parts));
    }

    public void End(IReadOnlyList<AccountStatus> accounts) => Show(accounts);

    public void Tell(AccountEvent happened) => Warn($"{RunText.Of(happened.Time)} {RunText.Of(happened)}");

    public void Relay(LoggedEvent happened) => Warn(happened.Text);

    public void Warn(string line)
    {
        lock (_gate)
        {
            if (_events.Count == EventLines)
            {
                _events.Dequeue();
            }

            _events.Enqueue(line);
        }
    }

    public void Dispose()
    {
        _frames.Writer.TryComplete();
        _drawing.GetAwaiter().GetResult();
    }

    private async Task DrawAsync() => await _console.Live(new Text("starting ...")).StartAsync(async context =>
    {
        await foreach (IRenderable frame in _frames.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            context.UpdateTarget(frame);
        }
    }).ConfigureAwait(false);

    private static Table Render(AccountStatus account)
    {
        Table table = new()
        {
            Border = TableBorder.Rounded,
            Title = new TableTitle(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{account.Name} on {account.Venue}, {account.Mode}, equity {account.Equity:0.00}"))),
        };
        table.Caption = new TableTitle(Markup.Escape(account.AtVenue is { } venue ? $"{RunText.Of(account.Risk)}; {RunText.Of(venue)}" : RunText.Of(account.Risk)));
        foreach (string head in (string[])["bot", "state", "strategy", "symbol", "bars", "last", "book", "position", "entry", "equity", "pnl", "round trips"])
        {
            table.AddColumn(head);
        }

        foreach (BotStatus bot in account.Bots)
        {
            SymbolView? symbol = account.Symbols.FirstOrDefault(one => one.Symbol == bot.Symbol);
            table.AddRow(
                Markup.Escape(bot.Name),
                Markup.Escape(BotLifecycle.Word(bot.State)),
                Markup.Escape(bot.Strategy),
                Markup.Escape(bot.Symbol),
                Markup.Escape(bot.Interval.ToString()),
                Number(symbol?.Last ?? 0, "0.########"),
                Book(symbol?.Book),
                Number(bot.Position, "0.########"),
                Number(bot.EntryPrice, "0.####"),
                Number(bot.Equity, "0.00"),
                Number(bot.Pnl, "+0.00;-0.00;0.00"),
                bot.RoundTrips.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static string Book(string? state) => state switch
    {
        "verified" => "[green]verified[/]",
        { } other => $"[yellow]{other}[/]",
        null => "-",
    };

    private static string Number(decimal value, string form) => Markup.Escape(value == 0 ? "-" : value.ToString(form, CultureInfo.InvariantCulture));
}

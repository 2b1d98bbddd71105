using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Metering;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Tests.Api.Metrics;

/// <summary>A real paper account that trades on random bars and is measured, with a feed whose figures the test sets.</summary>
internal sealed class MeteredAccount : IRunningAccount, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(new HttpClientHandler());
    private readonly PaperAccount _account;
    private readonly BotBoard _board;
    private readonly VenueRequests _requests;
    private readonly MarketStream _stream;
    private readonly RunMeter _meter;
    private readonly IReadOnlyList<Action<TradingAccount>> _inputs = AccountScenario.Inputs(2000);
    private int _next;

    public MeteredAccount(RunDesk desk, RunMeter meter)
    {
        _meter = meter;
        AccountPlan plan = AccountScenario.Plan();
        _account = new PaperAccount(plan, Path.Combine(_folder.Path, "journal"));
        for (int bot = 0; bot < plan.Settings.Bots.Count; bot++)
        {
            _account.Handle(new AccountReport(new BotId(bot), new Money(plan.Settings.Bots[bot].Balance, plan.Numeraire), AccountScenario.Begin));
        }

        _board = new BotBoard(_account, happened =>
        {
            Happened.Add(happened);
            desk.Events.Add(happened);
        });
        VenueSurroundings surroundings = new(_http, null!, TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 };
        _requests = new VenueRequests(new Uri("http://127.0.0.1:1"), [new BudgetRule("weight-1m", 100, TimeSpan.FromMinutes(1), PerAccount: false)], "", surroundings);
        _stream = Stream(plan);
        AccountWatch watch = meter.Watch(plan.Settings, _stream);
        watch.Attach(_account.Engine);
        Probe = watch;
        _board.Start(AccountScenario.Begin);
        Status = Look();
        desk.Add(this);
    }

    public AccountStatus Status { get; private set; }

    public List<AccountEvent> Happened { get; } = [];

    /// <summary>What each bot was worth at each look.</summary>
    public List<IReadOnlyList<BotStatus>> Looks { get; } = [];

    public IAccountProbe Probe { get; }

    public Task<CommandAnswer> AskAsync(AccountCommand command) => Task.FromResult(new AccountDesk(_account, _board).Carry(command, _account.Engine.Time.Now));

    /// <summary>Feeds the next inputs, looking after each as a run does after each bar.</summary>
    public void Play(int inputs)
    {
        for (int i = 0; i < inputs; i++)
        {
            _inputs[_next++](_account);
            _board.Watch(_account.Engine.Time.Now);
            Status = Look();
            _meter.Look([Status]);
            Looks.Add(Status.Bots);
            Probe.OnStage(AccountStage.Bar, TimeSpan.FromMicroseconds(20));
        }
    }

    public void Halt()
    {
        AskAsync(new AccountCommand(AccountOrder.Halt, null, "test", "")).Result.IsDone.ShouldBeTrue();
        Status = Look();
    }

    public void Dispose()
    {
        _account.Dispose();
        _stream.Dispose();
        _requests.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private AccountStatus Look() => _board.Look(_account.Engine.Time.Now, [new SymbolView("AAAUSDT", null, null)]);

    private MarketStream Stream(AccountPlan plan)
    {
        ConnectionHub hub = new();
        WebSocketConnectionOptions connection = new() { Name = "market", Address = static _ => default, BackOff = new BackOff { Jitter = static () => 0.5 } };
        hub.Add("market", new WebSocketConnection(connection, null!, new Silent(), TimeProvider.System, NullLogger.Instance));
        return new MarketStream(_requests)
        {
            Venue = plan.Instruments[0].Definition.Venue,
            Connections = hub,
            RunAsync = static _ => Task.CompletedTask,
            Messages = static () => 0,
            Read = now => [SymbolOf("AAAUSDT", BookState.Verified, now), SymbolOf("BBBUSDT", BookState.Rebuilding, now)],
        };
    }

    private SymbolStatus SymbolOf(string symbol, BookState book, Timestamp now) => new SymbolMonitor(AccountScenario.Plan().Instruments[0]).Status(0) with
    {
        Symbol = symbol,
        Messages = 10 + _next,
        BookMessages = 4,
        Faults = 1,
        Book = book,
        BookCounts = new BookStatistics
        {
            Applied = 4,
            Stale = 0,
            Dropped = 0,
            Gaps = 2,
            Crossed = 0,
            Resyncs = 3,
            SnapshotRequests = 0,
            SnapshotsTooOld = 0,
            SnapshotFailures = 0,
            GivenUp = 0,
            TimeUnverified = default,
        },
        LastMessage = now,
    };

    private sealed class Silent : IConnectionHandler
    {
        public ValueTask OnConnectedAsync(ISocketSender sender) => default;

        public void OnFrame(ReadOnlySpan<byte> utf8, Timestamp received)
        {
        }

        public void OnDisconnected(DisconnectReason reason)
        {
        }
    }
}

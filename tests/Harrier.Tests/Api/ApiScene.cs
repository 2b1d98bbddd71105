using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Harrier.Api.Backtests;
using Harrier.Api.Configuration;
using Harrier.Api.Hosting;
using Harrier.Api.Jobs;
using Harrier.Api.People;
using Harrier.Api.Security;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Markets;
using Harrier.Hosting.Metering;
using Harrier.Storage.Records;
using Harrier.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api;

/// <summary>The real service on a port of loopback, with one account of one bot and a database of records.</summary>
internal sealed class ApiScene : IAsyncDisposable
{
    private static readonly Instrument Bitcoin = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-x"),
        Symbol = "BTCUSDT",
        Kind = InstrumentKind.Spot,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.01m,
    });

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private ApiService? _service;
    private IReadOnlyDictionary<string, string> _last = new Dictionary<string, string>();

    public FakeAccount Running { get; } = new(Account(BotState.Managing));

    public RunDesk Desk { get; } = new(new EventLog());

    public RunMeter Meter { get; private set; } = null!;

    public JobDesk Jobs { get; } = new(TimeProvider.System);

    public FakeBacktests Backtests { get; } = new();

    public string Home => _folder.Path;

    public string? SetupPath => _service!.SetupPath;

    public UserStore Users => new(Path.Combine(Home, "users.json"));

    public OneTimeLinks Links => new(Path.Combine(Home, "links.json"));

    public AuditLog Audit => new(Path.Combine(Home, "audit.jsonl"), new ImmediateTime());

    public MarketMemory Markets { get; private set; } = null!;

    public RecordStore Records { get; private set; } = null!;

    public string TokenFile => Path.Combine(_folder.Path, "tokens.json");

    public string Viewer { get; private set; } = "";

    public string Trader { get; private set; } = "";

    public string Admin { get; private set; } = "";

    public FakeMarketWork MarketWork { get; } = new();

    public Uri Address => _service!.Address;

    public static async Task<ApiScene> StartAsync(Func<ApiOptions, ApiOptions>? also = null, TimeProvider? time = null, bool isTraced = false)
    {
        ApiScene scene = new();
        time ??= new ImmediateTime();
        scene.Records = RecordStore.Open(Path.Combine(scene._folder.Path, "records.db"), Timestamp.From(time.GetUtcNow()));
        TokenStore tokens = new(scene.TokenFile);
        scene.Viewer = tokens.Create(Role.Viewer, time.GetUtcNow(), time.GetUtcNow() + TimeSpan.FromDays(1));
        scene.Trader = tokens.Create(Role.Trader, time.GetUtcNow(), expires: null);
        scene.Admin = tokens.Create(Role.Admin, time.GetUtcNow(), expires: null);
        scene.Desk.Add(scene.Running);
        ApiSources sources = new()
        {
            Desk = scene.Desk,
            Home = scene._folder.Path,
            Jobs = scene.Jobs,
            Backtests = scene.Backtests,
            MarketWork = scene.MarketWork,
            Venues = ["sim-x", "sim"],
            Presets = static () => [new ServicePreset("quick", "run", """{"accounts":[]}"""), new ServicePreset("calm", "market", """{"name":"calm"}""")],
            Records = scene.Records,
            Strategies = new StrategyCatalog(typeof(MeanReversion).Assembly),
            Tokens = tokens,
            Time = time,
            IsTraced = isTraced,
            Meter = scene.Meter = new RunMeter(scene.Desk, new RunIdentity("test", "tests"), TimeProvider.System),
        };
        scene.Markets = sources.Markets;
        ApiOptions options = new() { Port = 0, Version = "test" };
        scene._service = await ApiService.StartAsync(also?.Invoke(options) ?? options, sources, TestContext.Current.CancellationToken);
        return scene;
    }

    public static AccountStatus Account(BotState state, string book = "verified", TimeSpan age = default) => new(
        "alpha",
        new VenueId("sim-x"),
        Timestamp.From(new ImmediateTime().GetUtcNow() - age),
        10_000.10m,
        [
            new BotStatus
            {
                Name = "trend",
                Strategy = "EMA_CROSS",
                Symbol = "BTCUSDT",
                Interval = new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue),
                State = state,
                Position = 0.50m,
                EntryPrice = 50_000.10m,
                Equity = 10_000.10m,
                Pnl = 0.10m,
                RoundTrips = 3,
                WorkingOrders = 1,
            },
        ],
        [new SymbolView("BTCUSDT", 50_001.20m, book)])
    {
        Risk = new RiskStatus(TradingState.Active, default, [], 0, []),
    };

    /// <summary>A trade of BTCUSDT by a seller, as an account tells it.</summary>
    public void Trade(Timestamp time, decimal price, decimal quantity, (long Id, string Account) whose)
    {
        MarketEvent trade = new()
        {
            Kind = MarketEventKind.Trade,
            Instrument = Bitcoin.Id,
            TradeId = whose.Id,
            IsSell = true,
            ExchangeTime = time,
            ReceivedTime = time,
            Price = new PriceTicks((long)(price / Bitcoin.Definition.TickSize)),
            Size = new SizeLots((long)(quantity / Bitcoin.Definition.LotSize)),
        };
        Desk.Live.Tell(whose.Account, Bitcoin, in trade);
    }

    /// <summary>A change of the book of BTCUSDT, as an account tells it; in ticks of 0.01 and lots of 0.01.</summary>
    public void Book(Timestamp time, (bool IsAsk, long Ticks, long Lots)? level, bool isLast, string account = "alpha")
    {
        MarketEvent change = new()
        {
            Kind = level is null ? MarketEventKind.BookClear : MarketEventKind.BookLevel,
            Instrument = Bitcoin.Id,
            IsSell = level?.IsAsk ?? false,
            Price = new PriceTicks(level?.Ticks ?? 0),
            Size = new SizeLots(level?.Lots ?? 0),
            LastInBatch = isLast,
            ExchangeTime = time,
            ReceivedTime = time,
        };
        Desk.Live.TellBook(account, Bitcoin, in change);
    }

    /// <summary>Asks as a program does.</summary>
    public async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> GetAsync(string path, string? token = null, Action<HttpRequestMessage>? also = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(Address, path));
        return await SendAsync(request, token, also);
    }

    /// <summary>Gives an order as a program does.</summary>
    public Task<(HttpStatusCode Status, string? Type, JsonElement Body)> PostAsync(string path, string? token, string? body = null, Action<HttpRequestMessage>? also = null) =>
        SendAsync(HttpMethod.Post, path, token, body, also);

    /// <summary>Asks by any method.</summary>
    public async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> SendAsync(HttpMethod method, string path, string? token, string? body = null, Action<HttpRequestMessage>? also = null)
    {
        using HttpRequestMessage request = new(method, new Uri(Address, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await SendAsync(request, token, also);
    }

    /// <summary>Header of the last answer; empty where it had none.</summary>
    public string LastHeader(string name) => _last.TryGetValue(name, out string? value) ? value : "";

    private async Task<(HttpStatusCode Status, string? Type, JsonElement Body)> SendAsync(HttpRequestMessage request, string? token, Action<HttpRequestMessage>? also)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        also?.Invoke(request);
        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        _last = response.Headers.ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        bool isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, isJson && text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        Jobs.Dispose();
        Meter.Dispose();
        _http.Dispose();
        Records.Dispose();
        _folder.Dispose();
    }
}

/// <summary>Backtests that do what the test says.</summary>
internal sealed class FakeBacktests : IBacktests
{
    public BacktestBody? Asked { get; private set; }

    public IReadOnlyList<string> Faults { get; set; } = [];

    public JobWork Work { get; set; } = static (_, _) => new JobResult("{\"net\":\"1\"}", "<p>report</p>");

    public (JobWork? Work, IReadOnlyList<string> Faults) Prepare(BacktestBody body)
    {
        Asked = body;
        return Faults.Count > 0 ? (null, Faults) : (Work, []);
    }
}

/// <summary>Work on markets that does what the test says.</summary>
internal sealed class FakeMarketWork : IMarketWork
{
    public List<MarketBody> Asked { get; } = [];

    public IReadOnlyList<string> Faults { get; set; } = [];

    public JobWork Work { get; set; } = static (_, _) => new JobResult("{}", null);

    public (JobWork? Work, IReadOnlyList<string> Faults) Collect(CollectBody body) => Take(body);

    public (JobWork? Work, IReadOnlyList<string> Faults) Stream(StreamBody body) => Take(body);

    public (JobWork? Work, IReadOnlyList<string> Faults) Scan(ScanBody body) => Take(body);

    private (JobWork? Work, IReadOnlyList<string> Faults) Take(MarketBody body)
    {
        Asked.Add(body);
        return Faults.Count > 0 ? (null, Faults) : (Work, []);
    }
}

/// <summary>An account that notes what it is ordered.</summary>
internal sealed class FakeAccount(AccountStatus status) : IRunningAccount
{
    public AccountStatus Status { get; set; } = status;

    public List<AccountCommand> Ordered { get; } = [];

    public CommandAnswer Answer { get; set; } = new(true, "done");

    public Task<CommandAnswer> AskAsync(AccountCommand command)
    {
        Ordered.Add(command);
        return Task.FromResult(Answer);
    }
}

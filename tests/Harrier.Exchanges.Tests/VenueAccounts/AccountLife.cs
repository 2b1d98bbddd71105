using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Engine.Strategies;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Accounts;
using Harrier.Strategies;
using Microsoft.Extensions.Logging.Abstractions;
using AccountEvent = Harrier.Hosting.Accounts.AccountEvent;
using Exchange = Harrier.Exchanges.Venues.Exchange;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>
/// One life of an account at a venue, from its start to its end: the runner, engine, journals and adapter as a run wires them, on the built-in exchange. A test gives
/// it trades of its own in place of the venue's, and takes its steps.
/// </summary>
internal sealed class AccountLife : IAsyncDisposable
{
    private static readonly StrategyCatalog Catalog = new(typeof(EmaCross).Assembly);

    private readonly HttpMessageInvoker _http;
    private readonly MarketStream _stream;
    private readonly EventQueue<FeedItem> _queue;
    private readonly TradingAccount _account;
    private readonly AccountRunner _runner;
    private readonly List<AccountEvent> _events = [];
    private Timestamp _bar;

    private AccountLife(AccountParts parts, MarketStream stream, EventQueue<FeedItem> queue, HttpMessageInvoker http)
    {
        (_stream, _queue, _http) = (stream, queue, http);
        AccountPlan plan = new(parts.Settings, stream.Instruments, "test");
        AccountHome home = new(parts.Home, plan);
        OpenedAccount opened = home.Open(Now);
        _account = opened.Account;
        _account.VenueNamed = (order, venueId, _) => VenueIds[order.ToString()] = venueId;
        Link = parts.Connects ? LinkOf(parts) : null;
        _runner = new AccountRunner(_account, home, new AccountFeed(stream, queue) { Venue = Link }, TimeProvider.System, Hear);
        _runner.Begin(Now);
        _bar = new Timestamp(Math.Max(Now.Nanos, _account.Engine.Time.Now.Nanos));
    }

    public VenueLink? Link { get; }

    public TradingAccount Account => _account;

    public AccountStatus Status => _runner.Status;

    public IReadOnlyList<Order> Working => _account.Engine.Orders.Working;

    public Instrument Instrument => _account.Plan.Instruments[0];

    /// <summary>The venue's ids of orders, as they were told.</summary>
    public Dictionary<string, string> VenueIds { get; } = new(StringComparer.Ordinal);

    /// <summary>What a person was told.</summary>
    public string Told
    {
        get
        {
            lock (_events)
            {
                return string.Join('\n', _events.OfType<AccountNote>().Select(static note => note.Text));
            }
        }
    }

    private static Timestamp Now => Timestamp.From(TimeProvider.System.GetUtcNow());

    /// <summary>Starts a life.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The life disposes of it.")]
    public static async Task<AccountLife> StartAsync(AccountParts parts)
    {
        HttpMessageInvoker http = parts.Http ?? RestTransport.Create();
        EventQueue<FeedItem> queue = new(1024, QueueOverflow.Refuse);
        MarketRequest wanted = new(parts.Settings.Venue, parts.Place, parts.Settings.Symbols, FeedChannels.Trades) { Output = queue };
        MarketStream stream = (await parts.House.OpenMarketAsync(wanted, Surroundings(http), TestContext.Current.CancellationToken)).Value;
        return new AccountLife(parts, stream, queue, http);
    }

    /// <summary>Reads settings as a configuration has them.</summary>
    public static AccountSettings Read(string json, string venue) => new SettingsReader(Catalog, [venue]).ReadAccount(ConfigurationTree.Parse("test", json));

    /// <summary>Takes steps until something is so.</summary>
    public Task Becomes(Func<bool> condition, string what) => Eventually.Agrees(() =>
    {
        Step();
        return condition() ? null : $"{what}; told:\n{Told}\nworking: {string.Join(", ", Working.Select(o => $"{o.Id} {o.State} {o.Intent.Purpose}"))}";
    });

    /// <summary>Until the picture of the account is right.</summary>
    public Task Sound() => Becomes(() => Status.AtVenue is { IsSound: true } && !_account.Engine.Risk.IsBlind, "a sound picture");

    public void Step()
    {
        _runner.Step(Now);
    }

    /// <summary>Gives an order, which the next step carries out.</summary>
    public Task<CommandAnswer> AskAsync(AccountCommand command) => _runner.AskAsync(command);

    /// <summary>Gives it a closed bar of a second with one price, later than all before.</summary>
    public void Bar(decimal price)
    {
        Trade(price, _bar);
        _bar = new Timestamp(((_bar.Nanos / Timestamp.NanosPerSecond) + 1) * Timestamp.NanosPerSecond);
        Trade(price, _bar);
        Step();
    }

    /// <summary>Prices after which the bot buys.</summary>
    public void Rise() => Bars(65_000m, 65_000m, 65_000m, 65_000m, 65_100m);

    /// <summary>Prices after which it sells, or leaves.</summary>
    public void Fall() => Bars(65_000m, 64_900m, 64_800m);

    /// <summary>Enters a position, until its stop works at the venue.</summary>
    public async Task EnterAsync()
    {
        await Sound();
        Rise();
        await Becomes(() => Working is [{ State: OrderState.Accepted, Intent.Purpose: OrderPurpose.StopLoss }], "a position with a stop");
    }

    private void Bars(params decimal[] closes)
    {
        foreach (decimal close in closes)
        {
            Bar(close);
        }
    }

    /// <summary>Ends as a kill leaves it: nothing is saved, nothing more is heard.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Link is not null)
        {
            await Link.DisposeAsync();
        }

        _account.Dispose();
        _stream.Dispose();
        _http.Dispose();
    }

    /// <summary>Ends well.</summary>
    public async Task EndAsync()
    {
        await _runner.EndAsync();
        await DisposeAsync();
    }

    private void Trade(decimal price, Timestamp time)
    {
        foreach (Instrument instrument in _account.Plan.Instruments)
        {
            MarketEvent trade = new()
            {
                ExchangeTime = time,
                ReceivedTime = time,
                Price = instrument.ToTicks(price),
                Size = new SizeLots(1000),
                Instrument = instrument.Id,
                Kind = MarketEventKind.Trade,
            };
            _queue.TryWrite(new FeedItem(in trade)).ShouldBeTrue();
        }
    }

    private void Hear(AccountEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
        }
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The link owns venue and journal.")]
    private VenueLink LinkOf(AccountParts parts)
    {
        VenueInputs inputs = new();
        AccountBook book = new();
        AccountJournal? journal = parts.Settings.Kind.SendsOrders
            ? AccountJournal.Open(AccountJournal.FolderOf(parts.Home, new VenueId(parts.Settings.Venue), parts.Credentials.Scope), fact => book.Apply(fact))
            : null;
        VenueSurroundings surroundings = Surroundings(_http);
        AccountRequest request = new(parts.Settings.Venue, parts.Place, parts.Credentials) { Symbols = parts.Settings.Symbols };
        TradingVenueOptions options = ContractRig.Options(_stream.Instruments[0], inputs.Take) with
        {
            Instruments = _stream.Instruments,
            Record = new AccountRecord(book, journal),
            EntriesHalted = inputs.Alarm,
            IsShared = inputs.IsShared,
            Tune = parts.Tune,
        };
        TradingAccess access = parts.House.OpenAccount(request, surroundings).ShouldBeAssignableTo<TradingAccess>()!;
        return new VenueLink(new TradingVenue(access, options, surroundings), inputs, TimeProvider.System, journal);
    }

    private static VenueSurroundings Surroundings(HttpMessageInvoker http) =>
        new(http, new HttpSocketFactory(http), TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 };
}

/// <summary>What a life is made of.</summary>
internal sealed record AccountParts(Exchange House, AccountSettings Settings, VenuePlace Place, ApiCredentials Credentials, string Home)
{
    /// <summary>False for a life without a way to its venue: what it decides is journaled and does not leave.</summary>
    public bool Connects { get; init; } = true;

    /// <summary>In place of the usual way out.</summary>
    public HttpMessageInvoker? Http { get; init; }

    /// <summary>Changes how the private stream's connection behaves.</summary>
    public Func<WebSocketConnectionOptions, WebSocketConnectionOptions> Tune { get; init; } = static options => options;
}

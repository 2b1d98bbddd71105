using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Tests.Uphold;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>A portfolio bot on a place of the built-in exchange, with a clock that moves only when told to and a market whose prices the test sets. Its process can die and be started again.</summary>
internal sealed class PortfolioRig : IAsyncDisposable
{
    public const string Bot = "bot-1";
    public const uint Run = 0xC0FFEE;
    private const string Account = "portfolio";

    private readonly HttpMessageInvoker _transport = RestTransport.Create();
    private readonly ManualTimeProvider _time;
    private readonly WatchedClock _clock;
    private readonly CallCounter _calls;
    private readonly HttpMessageInvoker _way;
    private readonly HttpMessageInvoker _http;
    private readonly string _home = Directory.CreateTempSubdirectory("harrier-portfolio-").FullName;
    private readonly RecordStore _records;
    private ConversionSide? _side;
    private PortfolioHome? _opened;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The invoker owns it.")]
    private PortfolioRig(PortfolioPlace place, ManualTimeProvider time)
    {
        Place = place;
        _time = time;
        _clock = new WatchedClock(time);
        Late = new LateSender(_transport);
        _way = new HttpMessageInvoker(Late);
        _calls = new CallCounter(_way, _clock.Trigger);
        _http = new HttpMessageInvoker(new PostCounter(_calls, Posts));
        _records = RecordStore.Open(Path.Combine(_home, "records.db"), Now);
        _records.Claim(new AccountRow(Account, _home, place.Venue, Now));
        Store = new PortfolioStore(_records, Account);
    }

    public PortfolioPlace Place { get; }

    public LateSender Late { get; }

    public PortfolioStore Store { get; }

    public CrashingVenue Venue { get; private set; } = null!;

    public PortfolioRunner Runner { get; private set; } = null!;

    public PortfolioAccount Books => _opened!.Account;

    public string Folder => PortfolioHome.FolderOf(_home, Account);

    public ConcurrentQueue<string> Posts { get; } = new();

    public List<AccountEvent> Told { get; } = [];

    public Timestamp Now => Timestamp.From(_time.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A bot that looks at three pairs of the numeraire.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The rig disposes of it.")]
    public static async Task<PortfolioRig> StartAsync(Func<TimeProvider, Task<PortfolioPlace>>? place = null, Func<PortfolioSettings, PortfolioSettings>? tune = null)
    {
        ManualTimeProvider time = new();
        PortfolioRig rig = new(place is null ? await BrokerPlace.StartAsync(time) : await place(time), time);
        PortfolioSettings settings = new() { IsActive = true, RiskTolerance = 1, MinConfidenceScore = 0.5, VolatilityWindow = 3, CacheTtlSeconds = 1, CheckIntervalSeconds = 5 };
        rig.Configure(tune?.Invoke(settings) ?? settings);
        string unit = rig.Place.Numeraire.Code;
        rig.Store.Add([TradingPair.Parse("BTC-" + unit, 20), TradingPair.Parse("ETH-" + unit, 10), TradingPair.Parse("XRP-" + unit)]);
        await rig.BeginAsync();
        return rig;
    }

    public void Configure(PortfolioSettings settings) =>
        Store.Change(Bot, [.. PortfolioSettings.Fields.Select(field => KeyValuePair.Create(field.Name, field.Read(settings)))], Now).Faults.ShouldBeEmpty();

    /// <summary>Starts the process, or starts it again.</summary>
    public async Task BeginAsync()
    {
        VenueSurroundings surroundings = new(_http, new HttpSocketFactory(_http), _clock, NullLogger.Instance) { Jitter = static () => 0.5 };
        _side = Place.Open(surroundings);
        Venue = new CrashingVenue(_side.Conversions) { At = Venue?.At ?? CrashPoint.Never };
        PortfolioTerms terms = new()
        {
            Account = Account,
            Venue = new VenueId(Place.Venue),
            Numeraire = Place.Numeraire,
            Run = 0xC0FFEE,
            Decimals = Place.Decimals,
        };
        _opened = PortfolioHome.Open(_home, terms, Now);
        Runner = new PortfolioRunner(new PortfolioParts
        {
            Home = _opened,
            Venue = new PortfolioVenue(Venue, _side.Rates),
            Store = Store,
            Records = new PortfolioRecords(_records, Account, static _ => { }),
            Time = _clock,
            Tell = Told.Add,
        });
        _ = await PassAsync(BegunAsync());
    }

    /// <summary>The process dies: what it had in memory is gone, and its requests are cut.</summary>
    public void Die()
    {
        _opened!.Dispose();
        _side!.Dispose();
    }

    /// <summary>Some seconds pass, and the bot looks.</summary>
    public Task<PortfolioDecision?> LookAsync(int afterSeconds = 5, string bot = Bot)
    {
        Wait(TimeSpan.FromSeconds(afterSeconds));
        return PassAsync(Runner.IterateAsync(bot, Stop));
    }

    /// <summary>Time passes in which nobody does anything.</summary>
    public void Wait(TimeSpan length) => _time.Advance(length);

    public Task<T> PassAsync<T>(Task<T> work) => new PassingTime(_calls, _clock, TimeSpan.FromMilliseconds(50)).ForAsync(work);

    /// <summary>Reads settings and pairs anew.</summary>
    public void Reconfigure() => Runner.Configure([Bot]);

    public IReadOnlyList<DecisionRow> Decisions(string? status = null) => _records.Decisions(new RecordFilter { Account = Account }, status);

    /// <summary>What the bot's books say, against what the exchange knows, to the last digit; and nothing was converted twice.</summary>
    public async Task ShouldEqualTruthAsync()
    {
        IReadOnlyDictionary<string, decimal> held = Place.Balances();
        foreach (Asset asset in Books.Assets)
        {
            Books.OwnedOf(asset).ShouldBe(held.GetValueOrDefault(asset.Code), customMessage: asset.Code);
        }

        string[] executed = [.. Decisions("EXECUTED").Select(static row => row.TransactionId!).Order(StringComparer.Ordinal)];
        executed.SequenceEqual(await Place.MovedAsync(Run)).ShouldBeTrue("every executed decision has moved money, and the other way around");
    }

    /// <summary>Every segment of the journal repeats byte for byte.</summary>
    public void ShouldRepeat()
    {
        foreach (string segment in Harrier.Storage.Journal.StateJournal.SegmentsOf(Folder))
        {
            PortfolioReplay.Run(Harrier.Storage.Journal.StateJournal.Read(segment)).Divergence.ShouldBeNull(segment);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Die();
        _records.Dispose();
        _http.Dispose();
        _calls.Dispose();
        _way.Dispose();
        _transport.Dispose();
        await Place.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private async Task<bool> BegunAsync()
    {
        await Runner.BeginAsync([Bot], Stop);
        return true;
    }

    /// <summary>Notes what is sent that could change something.</summary>
    private sealed class PostCounter(HttpMessageHandler inner, ConcurrentQueue<string> posts) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get)
            {
                posts.Enqueue($"{request.Method} {request.RequestUri!.AbsolutePath}");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

}

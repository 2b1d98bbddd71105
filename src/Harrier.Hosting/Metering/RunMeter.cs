using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Harrier.Exchanges.Feeds;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Storage.Records;

namespace Harrier.Hosting.Metering;

/// <summary>What a run tells of itself beside its figures.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Environment">Where it runs, such as <c>paper</c>.</param>
public sealed record RunIdentity(string Version, string Environment);

/// <summary>
/// The figures of a run, as instruments of one meter. Gauges are read when somebody asks, from the copies that accounts publish, so that they are true while an account is halted; counters and histograms
/// are written where things happen. What is not measured has no series.
/// </summary>
[SuppressMessage("Reliability", "CA2213:Disposable fields should be disposed", Justification = "The desk belongs to whoever made it.")]
public sealed class RunMeter : IDisposable
{
    private static int _meters;

    private readonly Meter _meter;
    private readonly RunDesk _desk;
    private readonly TimeProvider _time;
    private readonly TradingMeters _trading;
    private readonly RiskMeters _risk;
    private readonly VenueMeters _venues;
    private readonly StageMeters _stages;
    private readonly CallMeters _calls;
    private readonly CollectorMeters _collector;

    /// <summary>Makes the instruments, and listens to what happens.</summary>
    /// <param name="desk">The run.</param>
    /// <param name="identity">What it is.</param>
    /// <param name="time">Measures durations.</param>
    public RunMeter(RunDesk desk, RunIdentity identity, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(identity);
        (_desk, _time) = (desk, time);

        // A process may hold several runs, as tests do; each is read by its own name.
        Name = FormattableString.Invariant($"harrier.run.{Interlocked.Increment(ref _meters)}");
        _meter = new Meter(Name);
        _trading = new TradingMeters(_meter);
        _risk = new RiskMeters(_meter, desk);
        _venues = new VenueMeters(_meter, time);
        _stages = new StageMeters(_meter);
        _calls = new CallMeters(_meter, time);
        _collector = new CollectorMeters(_meter);
        KeyValuePair<string, object?>[] labels = [new("version", identity.Version), new("environment", identity.Environment), new("phase", "2")];
        _meter.CreateObservableGauge("abtpro_system_info", () => new Measurement<int>(1, labels), null, "What runs here.");
        desk.Events.Happened += OnHappened;
    }

    /// <summary>Name of its meter.</summary>
    public string Name { get; }

    /// <summary>Whoever else measures something of this run adds instruments to it.</summary>
    public Meter Meter => _meter;

    /// <summary>Measures an account from here on.</summary>
    /// <param name="settings">What it is made of.</param>
    /// <param name="streams">Its market data; those that are measured already are not measured twice.</param>
    /// <returns>What its engine and its runner tell.</returns>
    public AccountWatch Watch(AccountSettings settings, params IReadOnlyList<MarketStream> streams)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(streams);
        foreach (MarketStream stream in streams)
        {
            _venues.Add(stream);
        }

        _trading.Begin(settings);
        return new AccountWatch(settings, _desk, (_trading, _stages), _time);
    }

    /// <summary>Measures the requests to a venue.</summary>
    /// <param name="exchange">Name of the venue.</param>
    /// <param name="http">Makes them; its owner disposes of it.</param>
    public HttpMessageInvoker Watch(string exchange, HttpMessageInvoker http) => _calls.Wrap(exchange, http);

    /// <summary>Takes what was before this process: peaks and losses in a row go on from the records.</summary>
    /// <exception cref="RecordStoreException">The records cannot be read.</exception>
    public void Remember(AccountSettings settings, RecordStore records)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(records);
        foreach (BotSettings bot in settings.Bots)
        {
            _risk.Remember(settings.Name, bot, records);
        }
    }

    /// <summary>Looks at how accounts stand; often, so that no peak is missed.</summary>
    public void Look(IReadOnlyList<AccountStatus> accounts)
    {
        _risk.Look(accounts);
        _collector.Look();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _desk.Events.Happened -= OnHappened;
        _meter.Dispose();
    }

    private void OnHappened(AccountEvent happened, LoggedEvent logged)
    {
        string? strategy = happened is BotFilled or BotRoundTrip ? StrategyOf(happened) : null;
        switch (happened)
        {
            case BotFilled filled:
                _trading.Filled(filled, strategy!);
                break;
            case BotRoundTrip ended:
                _trading.Ended(ended, strategy!);
                _risk.Ended(ended);
                break;
        }
    }

    private string StrategyOf(AccountEvent happened)
    {
        string? bot = happened switch { BotFilled filled => filled.Bot, BotRoundTrip ended => ended.Bot, _ => null };
        return _desk.Status.FirstOrDefault(account => account.Name == happened.Account)?.Bots.FirstOrDefault(one => one.Name == bot)?.Strategy ?? "unknown";
    }
}

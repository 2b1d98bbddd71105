using System.CommandLine;
using System.Net;
using Harrier.Api.Hosting;
using Harrier.Cli.Options;
using Harrier.Exchanges.Venues;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Portfolio;
using Harrier.Research.Backtests;
using Harrier.Testnet.Markets;

namespace Harrier.Cli.Portfolio;

/// <summary>The options of <c>runbot</c>.</summary>
internal sealed class RunbotOptions
{
    private readonly Option<string?> _risk = new("--risk-level") { Description = "risk_tolerance: the highest risk score that is traded, 0 to 1", HelpName = "R" };
    private readonly Option<string?> _confidence = new("--min-confidence") { Description = "min_confidence_score: the least confidence that is traded, 0 to 1", HelpName = "C" };
    private readonly Option<string?> _interval = new("--interval") { Description = "check_interval_seconds: seconds between two looks, 1 to 300", HelpName = "S" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "decide, and send nothing that changes anything" };
    private readonly Option<string[]> _pairs = new("--add-pair") { Description = "a pair to look at, such as BTC-USD; may be repeated", HelpName = "PAIR", DefaultValueFactory = static _ => [] };
    private readonly Option<string[]> _set = new("--set") { Description = "any other setting of the bot, see runbot config get; may be repeated", HelpName = "KEY=VALUE", DefaultValueFactory = static _ => [] };
    private readonly Option<string?> _bot = new("--bot") { Description = "which bot; the first that nobody carries where none is named", HelpName = "NAME" };
    private readonly Option<string> _venue = new("--venue") { Description = "where it converts: a broker, or a spot market", HelpName = "V", DefaultValueFactory = static _ => DefaultVenue };
    private readonly Option<string> _endpoint = new("--endpoint") { Description = "built-in, testnet, live, or the URL of an exchange", HelpName = "E", DefaultValueFactory = static _ => AccountSettings.BuiltIn };
    private readonly Option<string?> _keyFile = new("--key-file") { Description = "file with the key of the account, mode 0600; the built-in exchange needs none", HelpName = "F" };
    private readonly Option<string?> _confirm = new("--confirm-live") { Description = "the sentence by which the owner agrees to real conversions", HelpName = "TEXT" };
    private readonly Option<string?> _fee = new("--fee") { Description = "what a conversion costs besides the spread, as a fraction, 0 to 0.5; what the venue usually takes where nothing is said", HelpName = "F" };
    private readonly Option<long> _seed = new("--seed") { Description = "seed of the built-in exchange", HelpName = "N", DefaultValueFactory = static _ => 1 };
    private readonly Option<string?> _for = new("--for") { Description = "end after this time, such as 60s or 5m", HelpName = "T" };
    private readonly Option<int?> _port = new("--port") { Description = "serve HTTP and WebSockets on this port of this machine; 0 picks a free one; none where nothing is said", HelpName = "N" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object per line" };
    private readonly ScenarioOption _scenario = new("lively");
    private readonly PortfolioOptions _where = new();

    // The only house that converts without orders.
    private static string DefaultVenue => VenueAliases.Known.First(static venue => !venue.Contains('-', StringComparison.Ordinal));

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_risk, _confidence, _interval, _dryRun, _pairs, _set, _bot, _venue, _endpoint, _keyFile, _confirm, _fee, _seed, _for, _port, _json])
        {
            verb.Options.Add(option);
        }

        _scenario.AddTo(verb);
        _where.AddTo(verb);
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Options are wrong; all are named.</exception>
    public RunbotRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        string? home = faults.Try(() => _where.HomeOf(parsed));
        string? account = faults.Try(() => _where.AccountOf(parsed));
        string? bot = faults.Try(() => parsed.GetValue(_bot) is { } name ? PortfolioOptions.CheckName("bot", name) : null);
        TimeSpan? length = faults.Try(() => parsed.GetValue(_for) is { } text ? OptionText.Span("--for", text) : (TimeSpan?)null);
        TradingPair[]? pairs = faults.Try(() => parsed.GetRequiredValue(_pairs).Select(static text => PortfolioOptions.PairOf("add-pair", text)).ToArray());
        List<KeyValuePair<string, string>> changes = [];
        Change(faults, changes, "risk-level", "risk_tolerance", parsed.GetValue(_risk));
        Change(faults, changes, "min-confidence", "min_confidence_score", parsed.GetValue(_confidence));
        Change(faults, changes, "interval", "check_interval_seconds", parsed.GetValue(_interval));
        foreach (string text in parsed.GetRequiredValue(_set))
        {
            KeyValuePair<string, string> pair = faults.Try(() => Verbs.BotsVerb.Split(text));
            Change(faults, changes, pair.Key ?? "set", pair.Key, pair.Value);
        }

        string? venue = faults.Try(() => VenueAliases.Find("venue", parsed.GetRequiredValue(_venue)).Name);
        decimal? fee = faults.Try(() => parsed.GetValue(_fee) is { } text ? OptionText.Decimal("--fee", text, 0m, 0.5m) : (decimal?)null);
        string endpoint = parsed.GetRequiredValue(_endpoint);
        _ = faults.Try(() => Guarded(parsed, endpoint, account ?? ""));
        MarketScenario scenario = faults.Try(() => endpoint == AccountSettings.BuiltIn || !_scenario.IsGiven(parsed)
            ? _scenario.Read(parsed)
            : throw new InputException("scenario", "given", "nothing but with --endpoint built-in: other markets are as they are"));
        ApiOptions? service = faults.Try(() => Service(parsed));
        faults.ThrowIfAny();
        return new RunbotRequest(home!, new PortfolioAccountSettings { Name = account!, Venue = venue!, Endpoint = endpoint, KeyFile = parsed.GetValue(_keyFile), Fee = fee, Pairs = pairs! })
        {
            Bot = bot,
            Changes = changes,
            IsDryRun = parsed.GetValue(_dryRun),
            For = length,
            Seed = parsed.GetValue(_seed),
            Scenario = scenario,
            Service = service,
            IsJson = parsed.GetValue(_json),
        };
    }

    private static void Change(FaultList faults, List<KeyValuePair<string, string>> changes, string option, string? name, string? text)
    {
        if (name is null || text is null)
        {
            return;
        }

        _ = faults.Try(() => new PortfolioSettings().With(name, text).Fault is { } fault
            ? throw new InputException(option, text, fault[(fault.LastIndexOf(": ", StringComparison.Ordinal) + 2)..])
            : 0);
        changes.Add(KeyValuePair.Create(name, text));
    }

    // Real money takes a key and the owner's word.
    private string? Guarded(ParseResult parsed, string endpoint, string account)
    {
        if (endpoint == AccountSettings.BuiltIn)
        {
            return parsed.GetValue(_keyFile) is { } unused ? throw new InputException("key-file", unused, "none with the built-in exchange, which makes its own key") : null;
        }

        VenuePlace place = EndpointChoice.Read(endpoint);
        if (parsed.GetValue(_keyFile) is not { } file)
        {
            throw new InputException("key-file", "none given", "the file with the key of the account");
        }

        string wanted = PortfolioAccountSettings.ConsentFor(account);
        return place.Kind != PlaceKind.Live || parsed.GetValue(_confirm) == wanted
            ? file
            : throw new InputException("confirm-live", parsed.GetValue(_confirm) ?? "none given", $"\"{wanted}\", word for word");
    }

    private ApiOptions? Service(ParseResult parsed) => parsed.GetValue(_port) switch
    {
        null => null,
        int port when port is >= 0 and <= ushort.MaxValue => new ApiOptions { Port = port, Bind = IPAddress.Loopback, Version = BacktestRunner.Version },
        int port => throw new InputException("port", FormattableString.Invariant($"{port}"), "0 to 65535"),
    };
}

using System.Collections;
using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Harrier.Api.Hosting;
using Harrier.Api.Security;
using Harrier.Cli.Options;
using Harrier.Cli.UserStrategies;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Telemetry;
using Harrier.Research.Backtests;

namespace Harrier.Cli.Running;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunRequestOptions
{
    private const int MostRequests = 1_000_000;

    private readonly Option<string?> _config = new("--config") { Description = "accounts and bots in a file of JSON or YAML; paper bots on the built-in exchange where none is given", HelpName = "F" };
    private readonly Option<string?> _preset = new("--preset") { Description = "a configuration that comes with the program, where no file is given: " + string.Join(", ", DefaultBots.Presets.Keys), HelpName = "NAME" };
    private readonly Option<bool> _watch = new("--watch") { Description = "read the configuration once more whenever its file changes" };
    private readonly Option<string> _home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
    private readonly Option<string?> _for = new("--for") { Description = "end after this time, such as 60s or 5m", HelpName = "T" };
    private readonly Option<int> _port = new("--port") { Description = "port of the HTTP service; 0 picks a free one", HelpName = "N", DefaultValueFactory = static _ => 8000 };
    private readonly Option<string> _bind = new("--bind") { Description = "address that the HTTP service listens on; any but a loopback address needs TLS, or a proxy that ends it", HelpName = "A", DefaultValueFactory = static _ => "127.0.0.1" };
    private readonly Option<string[]> _allowHosts = new("--allow-host") { Description = "another name by which the HTTP service may be asked for", HelpName = "NAME", DefaultValueFactory = static _ => [] };
    private readonly Option<string[]> _proxies = new("--behind-proxy") { Description = "address or network of a proxy that asks for others, such as 127.0.0.1 or 10.0.0.0/8; may be repeated", HelpName = "A", DefaultValueFactory = static _ => [] };
    private readonly Option<string?> _tlsCert = new("--tls-cert") { Description = "certificate of the HTTP service, in PEM; with --tls-key", HelpName = "FILE" };
    private readonly Option<string?> _tlsKey = new("--tls-key") { Description = "private key of the certificate, in PEM, mode 0600", HelpName = "FILE" };
    private readonly Option<int> _rate = new("--requests-per-second") { Description = "requests of one address a second that the HTTP service answers; those beyond get 429", HelpName = "N", DefaultValueFactory = static _ => 200 };
    private readonly GoogleOptions _google = new();
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object per line" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_config, _watch, _preset, _home, _for, _port, _bind, _allowHosts, _proxies, _tlsCert, _tlsKey, _rate, _json])
        {
            verb.Options.Add(option);
        }

        _google.AddTo(verb);
    }

    /// <summary>Reads them, and the configuration.</summary>
    /// <exception cref="InputFaultsException">Options are wrong; all are named.</exception>
    /// <exception cref="ConfigurationException">The configuration is wrong; all that is, is named.</exception>
    public RunRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        string? home = faults.Try(() => OutputFolder.Check("--home", parsed.GetRequiredValue(_home)));
        TimeSpan? length = faults.Try(() => parsed.GetValue(_for) is { } text ? OptionText.Span("--for", text) : (TimeSpan?)null);
        string? text = faults.Try(() => Text(parsed));
        ApiOptions? service = faults.Try(() => Service(parsed));
        string? watched = faults.Try(() => Watched(parsed));
        faults.ThrowIfAny();
        (RunSettings settings, IReadOnlyList<string> notes) = Settings(parsed, text!);
        return new RunRequest(home!, settings)
        {
            Service = service!,
            For = length,
            IsJson = parsed.GetValue(_json),
            Watched = watched,
            HasConfig = parsed.GetValue(_config) is not null,
            Notes = notes,
            Reread = () => Settings(parsed, Text(parsed)).Settings,
        };
    }

    private string? Watched(ParseResult parsed) =>
        !parsed.GetValue(_watch) ? null : parsed.GetValue(_config) ?? throw new InputException("watch", "given", "with --config FILE: there is no file to watch");

    private string Text(ParseResult parsed)
    {
        string? preset = parsed.GetValue(_preset);
        if (parsed.GetValue(_config) is { } file)
        {
            return preset is null ? ConfigurationFile.Load("config", file) : throw new InputException("preset", preset, "no --config beside it: it is a configuration itself");
        }

        return DefaultBots.Presets.TryGetValue(preset ?? "default", out string? text) ? text : throw new InputException("preset", preset!, "one of " + string.Join(", ", DefaultBots.Presets.Keys));
    }

    private (RunSettings Settings, IReadOnlyList<string> Notes) Settings(ParseResult parsed, string text)
    {
        ConfigurationDocument document = ConfigurationTree.Read(parsed.GetValue(_config) ?? "the preset", text);
        KeyValuePair<string, string>[] environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))];
        TelemetrySettings.Apply(document.Tree, environment);
        IReadOnlyList<string> notes = GuideNames.Apply(document.Tree, environment);
        ConfigurationTree.Apply(document.Tree, environment);
        try
        {
            return (Reader().Read(document.Tree), notes);
        }
        catch (ConfigurationException wrong)
        {
            throw new ConfigurationException(document.Locate(wrong.Faults));
        }
    }

    /// <summary>Reads settings of accounts with the strategies and venues of this program.</summary>
    public static SettingsReader Reader() =>
        new(AvailableStrategies.Find(null, Directory.GetCurrentDirectory()).Catalog, [.. VenueAliases.Known.Where(static venue => Composition.Exchanges.Of(venue).Recorded(venue) is not null)]);

    private ApiOptions Service(ParseResult parsed)
    {
        int port = parsed.GetValue(_port);
        if (port is < 0 or > ushort.MaxValue)
        {
            throw new InputException("port", FormattableString.Invariant($"{port}"), "0 to 65535");
        }

        if (!IPAddress.TryParse(parsed.GetRequiredValue(_bind), out IPAddress? bind))
        {
            throw new InputException("bind", parsed.GetRequiredValue(_bind), "an IP address such as 127.0.0.1");
        }

        ApiOptions options = new()
        {
            Port = port,
            Bind = bind,
            AllowedHosts = parsed.GetRequiredValue(_allowHosts),
            Proxies = [.. parsed.GetRequiredValue(_proxies).Select(ProxyOf)],
            Certificate = CertificateOf(parsed.GetValue(_tlsCert), parsed.GetValue(_tlsKey)),
            Google = _google.Read(parsed),
            RequestsPerSecond = RateOf(parsed.GetValue(_rate)),
            Version = BacktestRunner.Version,
        };
        return ListeningRule.IsRefused(options) ? throw new InputException("bind", $"{bind}", ListeningRule.Allowed) : options;
    }

    private static int RateOf(int rate) =>
        rate is >= 1 and <= MostRequests ? rate : throw new InputException("requests-per-second", FormattableString.Invariant($"{rate}"), $"1 to {MostRequests}");

    private static X509Certificate2? CertificateOf(string? certificate, string? key)
    {
        if (certificate is null && key is null)
        {
            return null;
        }

        if (certificate is null || key is null)
        {
            throw new InputException(certificate is null ? "tls-cert" : "tls-key", "none given", "a file in PEM: --tls-cert and --tls-key belong together");
        }

        X509Certificate2? read = ListeningRule.Read(certificate, key, out (string Field, string Value, string Allowed)? fault);
        return read ?? throw new InputException(fault!.Value.Field, fault.Value.Value, fault.Value.Allowed);
    }

    private static IPNetwork ProxyOf(string text)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out IPNetwork network)
            ? network
            : throw new InputException("behind-proxy", text, "an address such as 127.0.0.1, or a network such as 10.0.0.0/8");
    }
}

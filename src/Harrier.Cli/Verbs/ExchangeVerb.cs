using System.CommandLine;
using Harrier.Cli.Composition;
using Harrier.Cli.Options;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Cli.Verbs;

/// <summary><c>exchange</c>: the built-in exchange on loopback, until it is stopped.</summary>
public static class ExchangeVerb
{
    private const int HighestPort = 65_535;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        Option<string?> port = new("--port") { Description = "first of four ports, 9900 where nothing is said; 0 takes free ones", HelpName = "N" };
        Option<string[]> symbols = new("--symbols") { Description = "symbols, with commas between", HelpName = "S,S" };
        Option<string[]> venues = new("--venues") { Description = "venues whose markets move, with commas between; all where nothing is said", HelpName = "V,V" };
        Option<string?> market = new("--market") { Description = "synthetic or replay", HelpName = "M" };
        Option<string?> data = new("--data") { Description = "bars, trades or captures to replay", HelpName = "FOLDER" };
        Option<string?> speed = new("--speed") { Description = "recorded seconds in one", HelpName = "X" };
        Option<string?> seed = new("--seed") { Description = "same seed, same market and keys", HelpName = "N" };
        Option<string?> limits = new("--limits") { Description = "real, or off for measuring", HelpName = "L" };
        ScenarioOption scenario = new("calm");
        Command command = new("exchange", "Run an exchange on this machine that speaks the real venues' protocols.");
        foreach (Option option in (Option[])[port, symbols, venues, market, data, speed, seed, limits])
        {
            command.Options.Add(option);
        }

        scenario.AddTo(command);

        command.Does(null, (parsed, streams, stop) => RunAsync(Read(parsed), streams.Output, stop));
        return command;

        ExchangeRequest Read(ParseResult parsed)
        {
            FaultList faults = new();
            int first = faults.Try(() => parsed.GetValue(port) is { } text ? (int)OptionText.Decimal("--port", text, 0, HighestPort - TestnetOptions.Ports) : 9900);
            long number = faults.Try(() => parsed.GetValue(seed) is { } text ? OptionText.Integer("--seed", text) : 1);
            double factor = faults.Try(() => parsed.GetValue(speed) is { } text ? (double)OptionText.Decimal("--speed", text, 0.001m, 100_000) : 1);
            MarketScenario days = faults.Try(() => scenario.Read(parsed));
            bool isReplay = faults.Try(() => OptionText.Choice("--market", parsed.GetValue(market) ?? "synthetic", Markets));
            bool isUnlimited = faults.Try(() => OptionText.Choice("--limits", parsed.GetValue(limits) ?? "real", Limits));
            _ = faults.Try(() => CheckData(isReplay, parsed.GetValue(data)));
            string[] chosen = faults.Try(() => Split("symbols", parsed.GetValue(symbols), "BTCUSDT,ETHUSDT")) ?? [];
            string[] moving = faults.Try(() => Split("venues", parsed.GetValue(venues), string.Join(',', VenueAliases.Known.Take(2)))) ?? [];
            faults.ThrowIfAny();
            TestnetOptions host = new() { Port = first, Seed = number, IsUnlimited = isUnlimited };
            return new ExchangeRequest(host, chosen) { Venues = moving, Scenario = days, Data = parsed.GetValue(data), Speed = factor };
        }
    }

    private static Dictionary<string, bool> Markets { get; } = new() { ["synthetic"] = false, ["replay"] = true };

    private static Dictionary<string, bool> Limits { get; } = new() { ["real"] = false, ["off"] = true };

    private static bool CheckData(bool isReplay, string? data) => (isReplay, data) switch
    {
        (true, null) => throw new InputException("data", "none given", "a file or folder to replay"),
        (false, { } given) => throw new InputException("data", given, "only with --market replay"),
        _ => true,
    };

    // Nothing asked for means the usual ones; an empty list that was asked for is a slip.
    private static string[] Split(string option, string[]? texts, string example)
    {
        string[] names = [.. (texts ?? []).SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        return names.Length > 0 || texts is null or [] ? names : throw new InputException(option, string.Join(' ', texts), $"{option} with commas between, such as {example}");
    }

    private static async Task<int> RunAsync(ExchangeRequest request, TextWriter output, CancellationToken stop)
    {
        await using BuiltInExchange exchange = await Exchange.StartAsync(request, stop);
        await output.WriteLineAsync(exchange.Host.ReadyLine.AsMemory(), stop);
        await output.FlushAsync(stop);
        Task asked = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        await Task.WhenAny(asked, exchange.Host.Completion);
        if (exchange.Host.Completion.IsFaulted)
        {
            await exchange.Host.Completion;
        }

        return 0;
    }
}

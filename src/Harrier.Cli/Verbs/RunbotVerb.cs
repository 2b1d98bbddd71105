using System.CommandLine;
using System.Text.Json.Nodes;
using Harrier.Cli.MarketData;
using Harrier.Cli.Portfolio;
using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Hosting.Control;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Sessions;

namespace Harrier.Cli.Verbs;

/// <summary><c>runbot</c>: the portfolio bot of guide 003, and <c>runbot config get|set</c> its settings.</summary>
public static class RunbotVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        RunbotOptions options = new();
        Command command = new("runbot", "Run a portfolio bot, on the built-in broker where nothing else is said, until stopped; a second one on the same home runs as another bot.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), streams, stop));
        Command config = new("config", "Show and change the settings of portfolio bots; a run sees changes at its next look.");
        config.Subcommands.Add(Get(verbose));
        config.Subcommands.Add(Set(verbose));
        command.Subcommands.Add(config);
        return command;
    }

    private static async Task<int> RunAsync(RunbotRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        using IRunView view = request.IsJson ? new RunJson(streams.Output, streams.Error) : new RunbotLines(streams.Output, streams.Error);
        RunbotSession session = new(request, view, TimeProvider.System);
        using HomeLock? home = HomeLock.TryTake(request.Home, out string owner);
        if (home is not null)
        {
            return await session.RunAsync(stop).ConfigureAwait(false);
        }

        using ControlClient client = await ControlClient.ConnectAsync(request.Home, stop).ConfigureAwait(false)
            ?? throw new InputException("home", request.Home, $"a folder on which nothing runs, or a run that answers; {owner} has it and does not answer: it is starting or ending");
        return await session.AttachAsync(client, stop).ConfigureAwait(false);
    }

    private static Command Get(Option<bool> verbose)
    {
        Option<string?> bot = new("--bot") { Description = "of this bot; of all where none is named", HelpName = "NAME" };
        Option<bool> json = new("--json") { Description = "print a JSON object of bots" };
        PortfolioOptions options = new();
        Command command = new("get", "Show the settings.") { bot, json };
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            using RecordStore records = PortfolioOptions.Open(options.HomeOf(parsed));
            PortfolioStore store = new(records, options.AccountOf(parsed));
            ConfiguredBot[] bots = [.. store.Bots().Where(one => parsed.GetValue(bot) is not { } name || one.Name == name)];
            if (bots.Length == 0 && parsed.GetValue(bot) is { } missing)
            {
                throw new InputException("bot", missing, store.Bots() is [_, ..] known ? "one of " + string.Join(", ", known.Select(static one => one.Name)) : "a bot with settings: there are none yet");
            }

            if (parsed.GetValue(json))
            {
                streams.Output.WriteLine(new JsonObject(bots.Select(static one => KeyValuePair.Create(one.Name, (JsonNode?)JsonNode.Parse(one.Settings.ToText())))).ToJsonString());
            }
            else
            {
                TextTable.Write(streams.Output, ["bot", "setting", "value", "allowed"], [.. bots.SelectMany(static one => PortfolioSettings.Fields.Select(field => (string[])[one.Name, field.Name, field.Read(one.Settings), field.Allowed]))]);
            }

            return 0;
        });
        return command;
    }

    private static Command Set(Option<bool> verbose)
    {
        Argument<string[]> changes = new("setting") { Description = "KEY=VALUE, such as risk_tolerance=0.6", Arity = ArgumentArity.OneOrMore };
        Option<string> bot = new("--bot") { Description = "which bot; it is made where there is none", HelpName = "NAME", DefaultValueFactory = static _ => PortfolioStore.DefaultBot };
        PortfolioOptions options = new();
        Command command = new("set", "Change settings, all or none.") { changes, bot };
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            KeyValuePair<string, string>[] wanted = [.. parsed.GetRequiredValue(changes).Select(BotsVerb.Split)];
            string name = PortfolioOptions.CheckName("bot", parsed.GetRequiredValue(bot));
            string account = options.AccountOf(parsed);
            using RecordStore records = PortfolioOptions.Open(options.HomeOf(parsed));
            (PortfolioSettings? settings, IReadOnlyList<string> faults) = new PortfolioStore(records, account).Change(name, wanted, Timestamp.From(TimeProvider.System.GetUtcNow()));
            if (settings is null)
            {
                throw new InputFaultsException([.. faults]);
            }

            streams.Output.WriteLine($"{name}: {string.Join(", ", wanted.Select(pair => $"{pair.Key} {pair.Value}"))}");
            return 0;
        });
        return command;
    }
}

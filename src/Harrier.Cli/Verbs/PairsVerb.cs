using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Cli.MarketData;
using Harrier.Cli.Portfolio;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;

namespace Harrier.Cli.Verbs;

/// <summary><c>pairs add|list|enable|disable</c>: the pairs that portfolio bots look at. A run sees changes at its next look.</summary>
public static class PairsVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("pairs", "Show and change the pairs that portfolio bots look at.");
        command.Subcommands.Add(Add(verbose));
        command.Subcommands.Add(List(verbose));
        command.Subcommands.Add(Switch("enable", "Let bots look at a pair.", isEnabled: true, verbose));
        command.Subcommands.Add(Switch("disable", "Leave a pair alone; it is kept.", isEnabled: false, verbose));
        return command;
    }

    private static Command Add(Option<bool> verbose)
    {
        Argument<string[]> symbols = new("pair") { Description = "pairs such as BTC-USD", Arity = ArgumentArity.OneOrMore };
        Option<int> priority = new("--priority") { Description = "a higher one is looked at more often, -1000 to 1000", HelpName = "N" };
        Option<bool> disabled = new("--disabled") { Description = "keep it, and leave it alone" };
        PortfolioOptions options = new();
        Command command = new("add", "Add pairs; one that is there gets this priority.") { symbols, priority, disabled };
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            TradingPair[] pairs = [.. parsed.GetRequiredValue(symbols).Select(text => PortfolioOptions.PairOf("pair", text, parsed.GetValue(priority), !parsed.GetValue(disabled)))];
            string account = options.AccountOf(parsed);
            using RecordStore records = PortfolioOptions.Open(options.HomeOf(parsed));
            PortfolioStore store = new(records, account);
            PortfolioOptions.Add(store, "pair", pairs);
            store.Put(pairs);
            streams.Output.WriteLine(string.Join('\n', pairs.Select(pair => FormattableString.Invariant($"{pair.Symbol}: priority {pair.Priority}, {(pair.IsEnabled ? "enabled" : "disabled")}"))));
            return 0;
        });
        return command;
    }

    private static Command List(Option<bool> verbose)
    {
        Option<bool> json = new("--json") { Description = "print a JSON array" };
        PortfolioOptions options = new();
        Command command = new("list", "List the pairs, the highest priority first.") { json };
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            using RecordStore records = PortfolioOptions.Open(options.HomeOf(parsed));
            IReadOnlyList<TradingPair> pairs = new PortfolioStore(records, options.AccountOf(parsed)).Pairs();
            if (parsed.GetValue(json))
            {
                streams.Output.WriteLine(new JsonArray([.. pairs.Select(JsonOf)]).ToJsonString());
            }
            else
            {
                TextTable.Write(streams.Output, ["pair", "priority", "looked at every", "enabled"], [.. pairs.Select(pair => (string[])[pair.Symbol, pair.Priority.ToString(CultureInfo.InvariantCulture), Often(pair, pairs), pair.IsEnabled ? "yes" : "no"])]);
            }

            return 0;
        });
        return command;
    }

    private static Command Switch(string name, string description, bool isEnabled, Option<bool> verbose)
    {
        Argument<string> symbol = new("pair") { Description = "a pair such as BTC-USD" };
        PortfolioOptions options = new();
        Command command = new(name, description) { symbol };
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            TradingPair pair = PortfolioOptions.PairOf("pair", parsed.GetRequiredValue(symbol));
            string account = options.AccountOf(parsed);
            using RecordStore records = PortfolioOptions.Open(options.HomeOf(parsed));
            if (!records.EnablePair(account, pair.Symbol, isEnabled))
            {
                string known = string.Join(", ", records.Pairs(account).Select(static one => one.Symbol));
                throw new InputException("pair", pair.Symbol, known.Length > 0 ? "one of " + known : "a pair that was added: there are none yet");
            }

            streams.Output.WriteLine($"{pair.Symbol}: {(isEnabled ? "enabled" : "disabled")}");
            return 0;
        });
        return command;
    }

    private static JsonNode JsonOf(TradingPair pair) => new JsonObject { ["pair_symbol"] = pair.Symbol, ["priority"] = pair.Priority, ["is_enabled"] = pair.IsEnabled };

    private static string Often(TradingPair pair, IReadOnlyList<TradingPair> pairs) => LookSchedule.IntervalOf(pair, pairs) switch
    {
        0 => "-",
        1 => "look",
        int interval => FormattableString.Invariant($"{interval} looks"),
    };
}

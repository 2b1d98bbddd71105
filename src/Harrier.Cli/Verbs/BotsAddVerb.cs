using System.CommandLine;
using Harrier.Cli.Control;
using Harrier.Cli.Running;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Verbs;

/// <summary><c>bots add</c>: another bot in an account, from a file or from options.</summary>
internal static class BotsAddVerb
{
    private static readonly (string Option, string Key, string Description)[] Single =
    [
        ("--name", "name", "name of the bot, of its own within the account"),
        ("--strategy", "strategy", "key of the strategy, see the verb strategies"),
        ("--symbol", "symbol", "what it trades"),
        ("--interval", "interval", "length of its bars, such as 1m"),
        ("--balance", "balance", "money of its own, in quote currency"),
        ("--size", "size", "size of its positions, such as risk:0.005"),
    ];

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string?> file = new("--file") { Description = "a bot as in a configuration, in JSON or YAML; the other options change single values of it", HelpName = "F" };
        Option<string?>[] single = [.. Single.Select(static one => new Option<string?>(one.Option) { Description = one.Description })];
        Option<string[]> set = new("--set") { Description = "any other key, such as parameters.fast; may be repeated", HelpName = "KEY=VALUE", DefaultValueFactory = static _ => [] };
        Command command = new("add", "Add a bot to an account that runs, or to a home on which none does.") { file };
        Array.ForEach(single, command.Options.Add);
        command.Options.Add(set);
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) =>
        {
            Dictionary<string, string> bot = new(StringComparer.Ordinal);
            foreach ((string key, string value) in parsed.GetValue(file) is { } path ? ChangePairs.Of(ConfigurationTree.Parse(path, ConfigurationFile.Load("file", path))) : [])
            {
                bot[key] = value;
            }

            for (int i = 0; i < single.Length; i++)
            {
                if (parsed.GetValue(single[i]) is { } value)
                {
                    bot[Single[i].Key] = value;
                }
            }

            foreach ((string key, string value) in parsed.GetRequiredValue(set).Select(BotsVerb.Split))
            {
                bot[key] = value;
            }

            return options.OrderAsync(parsed, AccountOrder.AddBot, null, [.. bot], stop);
        });
        return command;
    }
}

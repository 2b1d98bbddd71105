using System.CommandLine;
using Harrier.Cli.Control;
using Harrier.Hosting.Accounts;

namespace Harrier.Cli.Verbs;

/// <summary><c>bots list|start|stop|pause|resume|panic|edit|add|remove</c>: the bots of a home.</summary>
public static class BotsVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("bots", "Show and steer the bots of a run.");
        command.Subcommands.Add(StatusVerb.Create("list", "Show the bots of a run, or of a home on which none runs.", verbose));
        command.Subcommands.Add(Order(AccountOrder.Pause, "Open nothing more; exits go on.", verbose));
        command.Subcommands.Add(Order(AccountOrder.Resume, "Go on after a pause.", verbose));
        command.Subcommands.Add(Order(AccountOrder.Stop, "End the strategy; a position stays with its protective orders.", verbose));
        command.Subcommands.Add(Order(AccountOrder.Start, "Begin anew after a stop or a failure.", verbose));
        command.Subcommands.Add(Order(AccountOrder.Panic, "Cancel all orders and leave all positions at the market.", verbose));
        command.Subcommands.Add(Edit(verbose));
        command.Subcommands.Add(BotsAddVerb.Create(verbose));
        command.Subcommands.Add(Remove(verbose));
        return command;
    }

    private static Command Order(AccountOrder order, string description, Option<bool> verbose)
    {
        Argument<string> bot = new("bot") { Description = "name of the bot" };
        Command command = new(order.ToString().ToLowerInvariant(), description) { bot };
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, order, parsed.GetRequiredValue(bot), [], stop));
        return command;
    }

    private static Command Edit(Option<bool> verbose)
    {
        Argument<string> bot = new("bot") { Description = "name of the bot" };
        Option<string[]> changes = new("--set")
        {
            Description = "a key of a bot as in a configuration, such as stop_loss or parameters.fast; may be repeated",
            HelpName = "KEY=VALUE",
            Required = true,
        };
        Command command = new("edit", "Change size and exit rules from the next position on; parameters at once; strategy, symbol and interval of a bot that is flat.") { bot, changes };
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, AccountOrder.Edit, parsed.GetRequiredValue(bot), [.. parsed.GetRequiredValue(changes).Select(Split)], stop));
        return command;
    }

    private static Command Remove(Option<bool> verbose)
    {
        Argument<string> bot = new("bot") { Description = "name of the bot" };
        Command command = new("remove", "Remove a bot that is flat; its money leaves the account.") { bot };
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, AccountOrder.RemoveBot, parsed.GetRequiredValue(bot), [], stop));
        return command;
    }

    internal static KeyValuePair<string, string> Split(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(text[..equals], text[(equals + 1)..]) : throw new InputException("set", text, "KEY=VALUE, such as stop_loss=0.02");
    }
}

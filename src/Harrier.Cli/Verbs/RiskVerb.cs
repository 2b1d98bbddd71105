using System.CommandLine;
using Harrier.Cli.Control;
using Harrier.Hosting.Accounts;

namespace Harrier.Cli.Verbs;

/// <summary><c>risk halt|resume|reset|set</c>: what only the operator may do about the risk of an account.</summary>
public static class RiskVerb
{
    private static readonly (string Name, AccountOrder Order)[] Latches = [("drawdown", AccountOrder.ResetDrawdown), ("kill-switch", AccountOrder.ResetKillSwitch)];

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("risk", "Halt accounts of a run, let them go on, and end what their limits have latched.");
        command.Subcommands.Add(Order("halt", AccountOrder.Halt, "Open nothing more; exits go on.", verbose));
        command.Subcommands.Add(Order("resume", AccountOrder.Unhalt, "Go on after a halt.", verbose));
        command.Subcommands.Add(Reset(verbose));
        command.Subcommands.Add(Set(verbose));
        return command;
    }

    private static Command Order(string name, AccountOrder order, string description, Option<bool> verbose)
    {
        Command command = new(name, description);
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, order, null, [], stop));
        return command;
    }

    private static Command Set(Option<bool> verbose)
    {
        Argument<string[]> changes = new("limits") { Description = "KEY=VALUE as in a configuration, such as max_drawdown=0.2", Arity = ArgumentArity.OneOrMore };
        Command command = new("set", "Change limits of an account, of a run or of a home on which none does.") { changes };
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, AccountOrder.SetLimits, null, [.. parsed.GetRequiredValue(changes).Select(BotsVerb.Split)], stop));
        return command;
    }

    private static Command Reset(Option<bool> verbose)
    {
        Argument<string> latch = new("latch") { Description = "drawdown or kill-switch" };
        Command command = new("reset", "End the refusal of entries after the largest drawdown or the kill switch: losses are counted anew from here. Needs --reason.") { latch };
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) =>
        {
            string name = parsed.GetRequiredValue(latch);
            AccountOrder? order = Array.Find(Latches, known => known.Name == name) is { Name: not null } found ? found.Order : null;
            if (order is null)
            {
                throw new InputException("latch", name, "one of " + string.Join(", ", Latches.Select(static known => known.Name)));
            }

            return options.ReasonOf(parsed).Length > 0
                ? options.OrderAsync(parsed, order.Value, null, [], stop)
                : throw new InputException("reason", "none given", "why it is safe to go on; it is kept in the journal");
        });
        return command;
    }
}

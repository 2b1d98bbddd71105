using System.CommandLine;
using Harrier.Cli.Control;
using Harrier.Hosting.Accounts;

namespace Harrier.Cli.Verbs;

/// <summary><c>panic</c>: every bot of a run cancels its orders and leaves its positions.</summary>
public static class PanicVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("panic", "Cancel all orders and leave all positions of a run at the market, now.");
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, AccountOrder.Panic, null, [], stop));
        return command;
    }
}

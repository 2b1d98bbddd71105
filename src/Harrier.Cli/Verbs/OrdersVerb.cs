using System.CommandLine;
using Harrier.Cli.Control;
using Harrier.Cli.Running;
using Harrier.Hosting.Accounts;

namespace Harrier.Cli.Verbs;

/// <summary><c>orders</c>: what the accounts of a home sent and what became of it, also while a process runs on it.</summary>
public static class OrdersVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command command = new("orders", "Show the orders of a home and what became of them.");
        ControlOptions options = new ControlOptions().ForAccount(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            string home = options.HomeOf(parsed);
            HomeReader reader = new(home, RunRequestOptions.Reader());
            string? account = options.AccountOf(parsed);
            if (reader.Accounts.Count == 0)
            {
                throw new InputException("home", home, "a home of run, with accounts in it");
            }

            if (account is not null && !reader.Accounts.Contains(account))
            {
                throw new InputException("account", account, "one of " + string.Join(", ", reader.Accounts));
            }

            OrderTable.Of(PastOrders.Of(reader, account)).Write(streams.Output, options.IsJson(parsed));
            return 0;
        });
        return command;
    }
}

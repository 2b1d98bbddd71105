using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Control;
using Harrier.Storage.Sessions;

namespace Harrier.Cli.Control;

/// <summary>The options of verbs that speak to the process which runs on a home.</summary>
internal sealed class ControlOptions
{
    private readonly Option<string> _home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
    private readonly Option<bool> _json = new("--json") { Description = "print JSON" };
    private readonly Option<string?> _account = new("--account") { Description = "which account, where the rest does not say it", HelpName = "NAME" };
    private readonly Option<string?> _by = new("--by") { Description = "who orders it; the user of this system where none is named", HelpName = "NAME" };
    private readonly Option<string?> _reason = new("--reason") { Description = "why; kept in the journal", HelpName = "TEXT" };

    /// <summary>Adds what a question needs.</summary>
    public ControlOptions ForQuestion(Command verb)
    {
        verb.Options.Add(_home);
        verb.Options.Add(_json);
        return this;
    }

    /// <summary>Adds what a question about one account, or all, needs.</summary>
    public ControlOptions ForAccount(Command verb)
    {
        verb.Options.Add(_account);
        return ForQuestion(verb);
    }

    /// <summary>Adds what an order needs.</summary>
    public ControlOptions ForOrder(Command verb)
    {
        verb.Options.Add(_by);
        verb.Options.Add(_reason);
        return ForAccount(verb);
    }

    public string HomeOf(ParseResult parsed) => OutputFolder.Check("--home", parsed.GetRequiredValue(_home));

    public string? AccountOf(ParseResult parsed) => parsed.GetValue(_account);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    public string ReasonOf(ParseResult parsed) => parsed.GetValue(_reason) ?? "";

    /// <summary>Gives an order to the run, and shows what became of it.</summary>
    /// <returns>0 when it was carried out, 1 when it was refused.</returns>
    /// <exception cref="InputException">Nothing runs on the home, and the order is none that can wait for the next start.</exception>
    public async Task<int> OrderAsync(ParseResult parsed, AccountOrder order, string? bot, IReadOnlyList<KeyValuePair<string, string>> changes, CancellationToken stop)
    {
        string home = HomeOf(parsed);
        AccountCommand command = new(order, bot, parsed.GetValue(_by) ?? Environment.UserName, ReasonOf(parsed)) { Changes = changes };
        (string line, CommandAnswer answer) = await AskAsync(home, AccountOf(parsed), command, stop).ConfigureAwait(false);
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        if (IsJson(parsed))
        {
            await streams.Output.WriteLineAsync(line).ConfigureAwait(false);
        }
        else if (answer.IsDone)
        {
            await streams.Output.WriteLineAsync(answer.Text).ConfigureAwait(false);
        }
        else
        {
            BadInput.Show(streams.Error, answer.Text.Split('\n'));
        }

        return answer.IsDone ? 0 : 1;
    }

    private static async Task<(string Line, CommandAnswer Answer)> AskAsync(string home, string? account, AccountCommand command, CancellationToken stop)
    {
        using ControlClient? client = await ControlClient.ConnectAsync(home, stop).ConfigureAwait(false);
        if (client is not null)
        {
            string line = await client.AskAsync(new ControlRequest(account, command, 0), stop).ConfigureAwait(false) ?? throw new IOException("the run ended before it answered");
            return (line, ControlAnswer.ReadOrder(line));
        }

        if (command.Order == AccountOrder.Configure || (!AccountChange.IsOne(command) && command.Order != AccountOrder.Edit))
        {
            throw new InputException("home", home, "a home on which run runs; nothing does");
        }

        if (new HomeReader(home, RunRequestOptions.Reader()).Accounts.Count == 0)
        {
            throw new InputException("home", home, "a home of run, with accounts in it");
        }

        using HomeLock locked = HomeLock.TryTake(home, out string owner) ?? throw new InputException("home", home, $"a folder on which nothing runs, or a run that answers; {owner} has it and does not answer: it is starting or ending");
        CommandAnswer answer = new HomeOrders(home, RunRequestOptions.Reader()).Take(account, command, Timestamp.From(TimeProvider.System.GetUtcNow()));
        return (ControlAnswer.Of(answer), answer);
    }
}

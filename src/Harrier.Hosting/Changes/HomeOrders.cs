using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>
/// Takes orders that change of what an account is made on a home on which nothing runs: the order is journaled, and carried out at the next start. The caller
/// has the lock of the home.
/// </summary>
/// <param name="home">The folder of all state.</param>
/// <param name="reader">Reads settings with the strategies of this program.</param>
public sealed class HomeOrders(string home, SettingsReader reader)
{
    /// <summary>Takes an order.</summary>
    /// <param name="account">Which account; null where the rest says it.</param>
    /// <param name="command">The order.</param>
    /// <param name="now">When.</param>
    /// <exception cref="AccountStateException">What is stored cannot be continued.</exception>
    /// <exception cref="IOException">It could not be journaled.</exception>
    public CommandAnswer Take(string? account, AccountCommand command, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(command);
        AccountPlan[] all = [.. new HomeReader(home, reader).Accounts.Select(name => AccountHome.StoredPlan(home, name, reader)).OfType<AccountPlan>()];
        AccountPlan[] meant = [.. all.Where(plan => account is null || plan.Settings.Name == account)];
        if (meant.Length > 1 && command.Bot is not null)
        {
            meant = [.. meant.Where(plan => Current(plan).ActiveBots.Any(bot => bot.Name == command.Bot))];
        }

        return meant switch
        {
            [var plan] => Take(plan, command, now),
            [] => new CommandAnswer(false, $"--account: {account ?? "none given"}: one of {string.Join(", ", all.Select(static plan => plan.Settings.Name))}"),
            _ => new CommandAnswer(false, $"--account: none given: one of {string.Join(", ", meant.Select(static plan => plan.Settings.Name))}"),
        };
    }

    // What was ordered and not done yet stands with its session, not in the plan; bots that it adds may be meant too.
    private AccountSettings Current(AccountPlan plan)
    {
        using TradingAccount account = new AccountHome(home, plan).Open(default).Account;
        return Current(account);
    }

    private AccountSettings Current(TradingAccount account) =>
        account.Ordered is { } ordered ? reader.ReadAccount(ConfigurationTree.Parse("what was ordered", ordered)) : account.Settings;

    private CommandAnswer Take(AccountPlan plan, AccountCommand command, Timestamp now)
    {
        AccountHome kept = new(home, plan);
        using TradingAccount account = kept.Open(now).Account;
        try
        {
            AccountSettings current = Current(account);
            AccountSettings wanted = new AccountChange(reader).Apply(current, command);
            IReadOnlyList<string> changes = ChangeText.Between(current, wanted);
            if (changes.Count == 0)
            {
                return new CommandAnswer(true, $"account {wanted.Name}: nothing changes");
            }

            kept.BeginSession(account);
            account.Handle(new Heartbeat(now, TimeSpan.Zero));
            if (ChangeRules.Refusals(account, wanted) is [_, ..] refusals)
            {
                return new CommandAnswer(false, string.Join('\n', refusals));
            }

            HandOver.Journal(account, wanted, command, now);
            return new CommandAnswer(true, $"{string.Join("; ", changes)}; nothing runs on the home: carried out at the next start");
        }
        catch (ConfigurationException wrong)
        {
            return new CommandAnswer(false, string.Join('\n', wrong.Faults));
        }
    }
}

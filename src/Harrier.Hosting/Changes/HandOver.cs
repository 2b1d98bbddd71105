using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>The moment at which an account becomes another: the order is journaled as the last input of the one, and the other goes on where it stands.</summary>
internal static class HandOver
{
    /// <summary>Orders an account to become another.</summary>
    /// <param name="account">The account; its time is <paramref name="now"/>, so that the order itself changes nothing.</param>
    /// <param name="next">What it becomes, warmed up.</param>
    /// <param name="order">Who orders it and why.</param>
    /// <param name="now">When.</param>
    /// <returns>What changed; or why the account cannot become that now, and then nothing has changed.</returns>
    public static CommandAnswer Carry(TradingAccount account, TradingAccount next, AccountCommand order, Timestamp now)
    {
        AccountSettings wanted = next.Plan.Settings;
        if (ChangeRules.Refusals(account, wanted) is [_, ..] refusals)
        {
            return new CommandAnswer(false, string.Join('\n', refusals));
        }

        string changes = string.Join("; ", ChangeText.Between(account.Settings, wanted));

        // Once it is journaled there is no way back: what cannot be taken over shows itself before.
        next.Succeed(account, AccountSuccession.Between(account.Plan, next.Plan));
        Journal(account, wanted, order, now);
        AccountSuccession.Complete(next, account);
        return new CommandAnswer(true, changes);
    }

    /// <summary>Journals what an account is to become; whoever opens it next makes it so.</summary>
    public static void Journal(TradingAccount account, AccountSettings wanted, AccountCommand order, Timestamp now)
    {
        string composition = SettingsText.Of(wanted).ToJsonString();
        if (account.Ordered == composition)
        {
            return;
        }

        account.Handle(new OperatorCommand(OperatorAction.Recompose, default, OrderPurpose.Signal, now)
        {
            By = order.By,
            Reason = order.Reason,
            Composition = composition,
        });
    }
}

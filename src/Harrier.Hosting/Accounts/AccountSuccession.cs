using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// Makes an account of other bots, strategies or limits of one that stands somewhere. All of it follows from the two plans, the account before and the bars of
/// the past, so that whoever has these makes the same state again.
/// </summary>
public static class AccountSuccession
{
    /// <summary>An account that has seen the past, so that what is new in it need not wait for the future.</summary>
    /// <param name="plan">Of what it is made.</param>
    /// <param name="scratch">Folder for a journal that nobody keeps: empty, or not there yet.</param>
    /// <param name="past">Bars of the past.</param>
    public static TradingAccount Warm(AccountPlan plan, string scratch, IReadOnlyList<Bar> past)
    {
        TradingAccount account = plan.NewAccount(scratch);
        WarmUp.Feed(account, past);
        return account;
    }

    /// <summary>Takes over the account before, pays in the balances of bots that are new, and pays out what bots own that were removed.</summary>
    /// <param name="successor">The account that was warmed up.</param>
    /// <param name="before">The account before, whose last input was handled.</param>
    public static void Complete(TradingAccount successor, TradingAccount before)
    {
        ArgumentNullException.ThrowIfNull(successor);
        ArgumentNullException.ThrowIfNull(before);
        successor.Succeed(before, Between(before.Plan, successor.Plan));
        Timestamp now = before.Engine.Time.Now;
        AccountPlan plan = successor.Plan;
        for (int i = 0; i < plan.Settings.Bots.Count; i++)
        {
            BotSettings bot = plan.Settings.Bots[i];
            bool isNew = i >= before.Plan.Settings.Bots.Count;
            if (isNew && !bot.IsRemoved)
            {
                successor.Handle(new AccountReport(new BotId(i), new Money(bot.Balance, plan.Numeraire), now));
            }
            else if (!isNew && bot.IsRemoved && !before.Plan.Settings.Bots[i].IsRemoved)
            {
                PayOut(successor, new BotId(i), now);
            }
        }
    }

    /// <summary>What each bot takes over from one plan to the next.</summary>
    public static Succession Between(AccountPlan before, AccountPlan next)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(next);
        HashSet<InstrumentId> newFeeds = [.. before.Instruments.Where(instrument => before.IntervalOf(instrument) != next.IntervalOf(next.Instruments[instrument.Id.Index])).Select(static instrument => instrument.Id)];
        return new Succession([.. before.Settings.Bots.Select((bot, i) => Between(bot, next.Settings.Bots[i]))], newFeeds);
    }

    /// <summary>The bots that begin without memory.</summary>
    public static IReadOnlyList<BotSettings> Beginners(AccountPlan before, AccountPlan next)
    {
        Succession succession = Between(before, next);
        return [.. next.Settings.Bots.Where((bot, i) => !bot.IsRemoved && (i >= succession.Bots.Count || succession.Bots[i] != BotSuccession.Continues))];
    }

    private static BotSuccession Between(BotSettings before, BotSettings next)
    {
        if (before.Symbol != next.Symbol || before.Interval != next.Interval || before.IsRemoved != next.IsRemoved)
        {
            return BotSuccession.Anew;
        }

        return before.IsRemoved || Words(before) == Words(next) ? BotSuccession.Continues : BotSuccession.NewStrategy;
    }

    private static string Words(BotSettings bot) =>
        $"{bot.Strategy.Descriptor.Key} {string.Join(' ', bot.Strategy.Arguments.Select(static argument => $"{argument.Parameter.Name}={argument.Text}"))}";

    private static void PayOut(TradingAccount account, BotId bot, Timestamp now)
    {
        account.Handle(new OperatorCommand(OperatorAction.StopBot, bot, OrderPurpose.Signal, now));
        foreach (Money owned in account.OwnedBy(bot))
        {
            account.Handle(new AccountReport(bot, new Money(-owned.Amount, owned.Asset), now));
        }
    }
}

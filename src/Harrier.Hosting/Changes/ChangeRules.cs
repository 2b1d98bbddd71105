using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>
/// What may be changed of an account as it stands. Parameters may change while a bot holds a position: its strategy is made anew, and the position stays with its stop
/// and target, as after a failure. Another strategy, symbol or length of bars, and a removal, need a bot that is flat and has no orders.
/// </summary>
internal static class ChangeRules
{
    /// <summary>Why an account cannot become what is wanted now; none when it can.</summary>
    /// <param name="account">The account.</param>
    /// <param name="next">Of what it would be made.</param>
    public static IReadOnlyList<string> Refusals(TradingAccount account, AccountSettings next)
    {
        List<string> refusals = [];
        IReadOnlyList<BotSettings> before = account.Plan.Settings.Bots;
        for (int i = 0; i < before.Count; i++)
        {
            if (WhyFlat(before[i], next.Bots[i]) is { } what && WhatKeeps(account, new BotId(i)) is { } keeps)
            {
                refusals.Add($"bot {before[i].Name}: {keeps}: {what} needs a bot that is flat and has no orders; wait for its exit, or harrier bots panic {before[i].Name}");
            }
        }

        return refusals;
    }

    private static string? WhyFlat(BotSettings before, BotSettings next) =>
        next.IsRemoved != before.IsRemoved ? "its removal"
        : next.Symbol != before.Symbol ? "another symbol"
        : next.Interval != before.Interval ? "another length of bars"
        : next.Strategy.Descriptor.Key != before.Strategy.Descriptor.Key ? "another strategy"
        : null;

    private static string? WhatKeeps(TradingAccount account, BotId bot)
    {
        TradingEngine engine = account.Engine;
        foreach (Instrument instrument in account.Plan.Instruments)
        {
            if (engine.Portfolio.Position(bot, instrument.Id) is { IsFlat: false } position)
            {
                return string.Create(CultureInfo.InvariantCulture, $"it holds {instrument.ToDecimal(position.Size):0.########} {instrument.Symbol}");
            }
        }

        int orders = engine.Orders.Working.Count(order => order.Bot == bot);
        return orders > 0 ? string.Create(CultureInfo.InvariantCulture, $"{orders} orders of it work") : null;
    }
}

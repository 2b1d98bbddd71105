using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;

namespace Harrier.Hosting.Portfolio;

/// <summary>A portfolio account as those see it who watch a run.</summary>
/// <param name="runner">Who carries it.</param>
/// <param name="mode">What becomes of its conversions.</param>
internal sealed class PortfolioView(PortfolioRunner runner, string mode)
{
    private const int MostOpportunities = 100;

    /// <summary>A copy of how it stands.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="looked">The bots that have looked, and when.</param>
    public AccountStatus Look(Timestamp now, IReadOnlyDictionary<string, Timestamp> looked)
    {
        PortfolioAccount account = runner.Account;
        string pairs = string.Join(',', account.Pairs.Where(static pair => pair.IsEnabled).Select(static pair => pair.Symbol));
        return new AccountStatus(account.Terms.Account, account.Terms.Venue, now, account.Equity, [.. account.Bots.Select(bot => Look(bot, pairs, looked.ContainsKey(bot.Name)))], [.. runner.LastRates.Select(Look)])
        {
            Mode = mode,
            Risk = account.Gate is { } gate
                ? new RiskStatus(gate.State, gate.Barred, gate.Standing, gate.Exposure, [])
                : new RiskStatus(TradingState.Active, default, [], 0, []),
        };
    }

    // What the account holds belongs to all of its bots: its worth is told of the account, not divided among them.
    private BotStatus Look(ConfiguredBot bot, string pairs, bool hasLooked) => new()
    {
        Name = bot.Name,
        Strategy = PortfolioHost.Strategy,
        Symbol = pairs,
        Interval = new BarSpec(bot.Settings.CheckIntervalSeconds * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated),
        State = !bot.Settings.IsActive ? BotState.Paused
            : runner.Account.Pending.Any(decision => decision.Bot == bot.Name) ? BotState.Execution
            : hasLooked ? BotState.Scanning
            : BotState.Initializing,
        Position = 0,
        EntryPrice = 0,
        Equity = 0,
        Pnl = 0,
        RoundTrips = 0,
        WorkingOrders = runner.Account.Pending.Count(decision => decision.Bot == bot.Name),
        Opportunities = runner.LastLook(bot.Name)?.Opportunities.Take(MostOpportunities).ToArray() ?? [],
    };

    private static SymbolView Look(ConversionRate rate) => new($"{rate.Base}-{rate.Quote}", rate.Mid, null) { Bid = rate.Bid, Ask = rate.Ask };
}

using Harrier.Domain;
using Harrier.Engine;
using Harrier.Simulation;

namespace Harrier.Research.Backtests;

/// <summary>Pays the starting balance into engine and venue.</summary>
internal static class StartingBalance
{
    /// <summary>Splits an amount evenly over the bots.</summary>
    public static void PayIn(TradingEngine engine, ISimulatedVenue venue, (decimal Amount, Timestamp Time) balance)
    {
        int bots = engine.Options.Bots.Count;
        decimal left = balance.Amount;
        for (int bot = 0; bot < bots; bot++)
        {
            // What the even split rounds off goes to the last bot, so that the sum is exact.
            decimal part = bot == bots - 1 ? left : decimal.Round(balance.Amount / bots, 8, MidpointRounding.ToZero);
            left -= part;
            AccountReport deposit = new(new BotId(bot), new Money(part, engine.Options.Numeraire), balance.Time);
            engine.Process(in deposit);
            venue.Deposit(deposit.Bot, deposit.Amount);
        }
    }
}

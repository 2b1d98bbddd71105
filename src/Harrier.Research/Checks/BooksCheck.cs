using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Research.Backtests;
using Harrier.Simulation;

namespace Harrier.Research.Checks;

/// <summary>
/// Checks the books after a run: initial equity plus the profit of all trades is the final equity to the last decimal, every asset sums
/// to zero over all accounts, and the engine's ledger equals the venue's own books.
/// </summary>
public static class BooksCheck
{
    /// <summary>Checks a finished run.</summary>
    public static CheckResult Run(TradingEngine engine, ISimulatedVenue venue, decimal initialEquity)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(venue);
        decimal final = TotalEquity(engine);
        decimal pnl = engine.Portfolio.RoundTrips.Sum(trip => trip.Pnl);
        if (initialEquity + pnl != final)
        {
            return new CheckResult("books", false, $"initial equity {initialEquity} plus trade profit {pnl} is not the final equity {final}");
        }

        InstrumentTable table = new(engine.Options.Instruments);
        for (int asset = 0; asset < table.Assets.Length; asset++)
        {
            if (engine.Portfolio.Ledger.Sum(asset) != 0)
            {
                return new CheckResult("books", false, $"the accounts of {table.Assets[asset]} sum to {engine.Portfolio.Ledger.Sum(asset)} instead of 0");
            }

            for (int bot = 0; bot < engine.Options.Bots.Count; bot++)
            {
                decimal ours = engine.Portfolio.Ledger.Owned(new BotId(bot), asset);
                decimal theirs = venue.Balance(new BotId(bot), table.Assets[asset]);
                if (ours != theirs)
                {
                    return new CheckResult("books", false, $"we hold {ours} {table.Assets[asset]}, the venue says {theirs}");
                }
            }
        }

        return new CheckResult("books", true, "initial equity plus the profit of all trades is the final equity, and our books equal the venue's, to the last decimal");
    }

    /// <summary>Value of all sub-ledgers.</summary>
    public static decimal TotalEquity(TradingEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        decimal total = 0;
        for (int bot = 0; bot < engine.Options.Bots.Count; bot++)
        {
            total += engine.Portfolio.Equity(new BotId(bot));
        }

        return total;
    }
}

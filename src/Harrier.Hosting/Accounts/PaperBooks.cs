using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Simulation;

namespace Harrier.Hosting.Accounts;

/// <summary>The books of a paper account, which its engine and its simulated venue keep apart.</summary>
internal static class PaperBooks
{
    /// <summary>Where they say different things.</summary>
    /// <returns>One line for each difference; none when all is well.</returns>
    public static IReadOnlyList<string> Differences(TradingAccount account, ISimulatedVenue venue)
    {
        List<string> found = [];
        AccountPlan plan = account.Plan;
        ReadOnlySpan<Asset> assets = new InstrumentTable(plan.Instruments).Assets;
        for (int i = 0; i < plan.Settings.Bots.Count; i++)
        {
            BotId bot = new(i);
            string name = plan.Settings.Bots[i].Name;
            foreach (Instrument instrument in plan.Instruments)
            {
                SizeLots ours = account.Engine.Portfolio.Position(bot, instrument.Id).Size;
                SizeLots theirs = venue.Position(bot, instrument.Id);
                if (ours != theirs && instrument.Kind == InstrumentKind.LinearPerpetual)
                {
                    found.Add($"bot {name}: {instrument.Symbol}: the engine holds {ours} lots, the venue {theirs}");
                }
            }

            for (int asset = 0; asset < assets.Length; asset++)
            {
                decimal ours = account.Engine.Portfolio.Ledger.Owned(bot, asset);
                decimal theirs = venue.Balance(bot, assets[asset]);
                if (ours != theirs)
                {
                    found.Add($"bot {name}: {assets[asset]}: the engine owns {ours}, the venue has {theirs}");
                }
            }
        }

        return found;
    }
}

using Harrier.Domain;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Research.Portfolios;

/// <summary>What the conversions of a run realized, lot by lot. What is held at the start cost what it was worth then.</summary>
internal static class RealizedGains
{
    /// <summary>Gains less losses, in the numeraire.</summary>
    /// <param name="run">The run.</param>
    /// <param name="numeraire">What costs and proceeds are in; it has no lots itself.</param>
    /// <param name="order">Which lots are sold first.</param>
    public static decimal Of(PortfolioRun run, Asset numeraire, LotOrder order)
    {
        Dictionary<Asset, TaxLots> lots = [];
        foreach ((Money held, decimal unitCost) in run.Start.Zip(run.StartPrices))
        {
            Add(lots, held, new Timestamp(long.MinValue), unitCost * held.Amount, numeraire);
        }

        decimal gains = 0;
        foreach (PortfolioTrade trade in run.Trades)
        {
            decimal worth = trade.WorthIn(numeraire);
            if (trade.From.Asset != numeraire)
            {
                gains += lots[trade.From.Asset].Sell(trade.From.Amount, worth / trade.From.Amount, order).RealizedGain;
            }

            Add(lots, trade.To, trade.Executed, worth, numeraire);
        }

        return gains;
    }

    private static void Add(Dictionary<Asset, TaxLots> lots, Money bought, Timestamp time, decimal cost, Asset numeraire)
    {
        if (bought.Asset == numeraire || bought.Amount <= 0)
        {
            return;
        }

        if (!lots.TryGetValue(bought.Asset, out TaxLots? held))
        {
            held = new TaxLots();
            lots.Add(bought.Asset, held);
        }

        held.Add(new TaxLot(time, bought.Amount, cost / bought.Amount));
    }
}

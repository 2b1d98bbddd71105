using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Reconciliation;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// Compares what the bots of an engine hold with the book of their account, which the reconciler keeps equal to the venue. Positions in contracts must be equal; of each
/// asset the bots together cannot be worth more than the account is. What the account has beyond them belongs to no bot.
/// </summary>
internal static class HoldingsCheck
{
    // Of what is owned: venues round average prices and realized profit of contracts, each in its own way.
    private const decimal Rounding = 0.000001m;
    private const decimal Smallest = 0.00000001m;

    /// <summary>One line for each difference; none when all is well.</summary>
    /// <param name="engine">The bots.</param>
    /// <param name="plan">Of what the account is made.</param>
    /// <param name="book">The account.</param>
    /// <param name="countsMoney">False while money is known to be on its way to the bots' books.</param>
    public static IReadOnlyList<string> Of(TradingEngine engine, AccountPlan plan, AccountBook book, bool countsMoney)
    {
        ArgumentNullException.ThrowIfNull(book);
        List<string> found = [];
        int bots = plan.Settings.Bots.Count;
        foreach (Instrument instrument in plan.Instruments)
        {
            if (instrument.Kind == InstrumentKind.Spot)
            {
                continue;
            }

            decimal ours = Enumerable.Range(0, bots).Sum(bot => instrument.ToDecimal(engine.Portfolio.Position(new BotId(bot), instrument.Id).Size));
            decimal theirs = book.HeldByBots(new PositionKey(instrument.Symbol, PositionSide.Both));
            if (ours != theirs)
            {
                found.Add(FormattableString.Invariant($"{instrument.Symbol}: the bots hold {ours:0.########}, by their executions at the venue it is {theirs:0.########}"));
            }
        }

        InstrumentTable table = new(plan.Instruments);
        for (int asset = 0; countsMoney && asset < table.Assets.Length; asset++)
        {
            decimal ours = Enumerable.Range(0, bots).Sum(bot => engine.Portfolio.Ledger.Owned(new BotId(bot), asset));
            decimal theirs = book.Holdings.Balance(table.Assets[asset]);
            foreach (Instrument instrument in plan.Instruments.Where(one => one.Kind != InstrumentKind.Spot && table.QuoteAsset(one.Id) == asset))
            {
                // Where one bot is long and another short the venue has realized what the bots have not: their worth is the same, their wallets are not.
                PriceTicks mark = engine.Market.Mark(instrument.Id);
                ours += Enumerable.Range(0, bots).Select(bot => engine.Portfolio.Position(new BotId(bot), instrument.Id)).Sum(held => instrument.Notional(held.Size, mark) - held.Basis);
                NetPosition net = book.Holdings.Find(new PositionKey(instrument.Symbol, PositionSide.Both))?.Net ?? default;
                theirs += (net.Quantity * instrument.ToDecimal(mark)) - net.Cost;
            }

            if (ours > theirs + Math.Max(Smallest, theirs * Rounding))
            {
                found.Add(FormattableString.Invariant($"{table.Assets[asset]}: the bots own {ours:0.########} together, the account {theirs:0.########}"));
            }
        }

        return found;
    }
}

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
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(book);
        List<string> found = [];
        JointHoldings joint = engine.Portfolio.Together();
        InstrumentTable table = new(plan.Instruments);
        decimal[] theirs = [.. table.Assets.ToArray().Select(book.Holdings.Balance)];
        foreach (Instrument instrument in plan.Instruments.Where(static one => one.Kind != InstrumentKind.Spot))
        {
            int i = instrument.Id.Index;
            PositionKey key = new(instrument.Symbol, PositionSide.Both);
            (decimal held, decimal executed) = (instrument.ToDecimal(new SizeLots(joint.Lots[i])), book.HeldByBots(key));
            if (held != executed)
            {
                found.Add(FormattableString.Invariant($"{instrument.Symbol}: the bots hold {held:0.########}, by their executions at the venue it is {executed:0.########}"));
            }

            // Where one bot is long and another short the venue has realized what the bots have not: their worth is the same, their wallets are not.
            PriceTicks mark = engine.Market.Mark(instrument.Id);
            NetPosition net = book.Holdings.Find(key)?.Net ?? default;
            int quote = table.QuoteAsset(instrument.Id);
            joint.Owned[quote] += instrument.Notional(new SizeLots(joint.Lots[i]), mark) - joint.Basis[i];
            theirs[quote] += (net.Quantity * instrument.ToDecimal(mark)) - net.Cost;
        }

        for (int asset = 0; countsMoney && asset < theirs.Length; asset++)
        {
            decimal ours = joint.Owned[asset];
            if (ours > theirs[asset] + Math.Max(Smallest, theirs[asset] * Rounding))
            {
                found.Add(FormattableString.Invariant($"{table.Assets[asset]}: the bots own {ours:0.########} together, the account {theirs[asset]:0.########}"));
            }
        }

        return found;
    }
}

using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>
/// Lets taxes have a say in rebalancing: sales realize at most some gain. What is sold first is what realizes least for what it brings, asset by asset, each asset's lots in the order
/// that is asked for; purchases shrink with what the sales bring.
/// </summary>
/// <param name="MostGain">The most that all sales may realize, losses taken off, in the numeraire; below 0 asks for a loss.</param>
/// <param name="Order">Which lots of an asset are sold first.</param>
public sealed record GainLimit(decimal MostGain, LotOrder Order)
{
    /// <summary>Cuts sales down to the limit.</summary>
    /// <param name="moves">What each asset should gain or lose, in the numeraire; the numeraire itself last.</param>
    /// <param name="prices">What one unit of each brings, the numeraire left out.</param>
    /// <param name="lots">Lots of each, the numeraire left out; null where none are known: what is sold beyond known lots counts as sold at cost.</param>
    /// <returns>The moves; they add up to what they added up to before, or to 0 where sales were cut.</returns>
    /// <exception cref="PortfolioInputException">The lists are for different numbers of assets, or a price is not above 0.</exception>
    public IReadOnlyList<decimal> Apply(IReadOnlyList<decimal> moves, IReadOnlyList<decimal> prices, IReadOnlyList<TaxLots?> lots)
    {
        ArgumentNullException.ThrowIfNull(moves);
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(lots);
        if (moves.Count != prices.Count + 1 || lots.Count != prices.Count || prices.Any(static price => price <= 0))
        {
            throw new PortfolioInputException("lots", lots.Count.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"lots and a price above 0 for each of {moves.Count - 1} assets"));
        }

        Queue<Slice>[] sales = [.. prices.Select((price, i) => new Queue<Slice>(moves[i] < 0 ? SlicesOf(-moves[i], price, lots[i]) : []))];
        decimal[] sold = new decimal[moves.Count];
        decimal left = MostGain;
        while (Cheapest(sales) is { } asset)
        {
            Slice slice = sales[asset].Peek();
            decimal share = slice.Gain <= 0 || slice.Gain <= left ? 1 : Math.Max(left / slice.Gain, 0);
            sold[asset] += slice.Value * share;
            left -= slice.Gain * share;
            if (share < 1)
            {
                // Its later lots come after this one; other assets may still have losses to take, but no gain.
                sales[asset].Clear();
                continue;
            }

            _ = sales[asset].Dequeue();
        }

        return Shrunk(moves, sold);
    }

    private static int? Cheapest(Queue<Slice>[] sales)
    {
        int? best = null;
        for (int i = 0; i < sales.Length; i++)
        {
            if (sales[i].Count > 0 && (best is not { } known || sales[i].Peek().Ratio < sales[known].Peek().Ratio))
            {
                best = i;
            }
        }

        return best;
    }

    // The numeraire is a sale like others where it pays for purchases; nothing of it is realized.
    private static decimal[] Shrunk(IReadOnlyList<decimal> moves, decimal[] sold)
    {
        decimal planned = moves.Take(moves.Count - 1).Where(static move => move < 0).Sum(static move => -move);
        decimal real = sold.Sum();
        if (real == planned)
        {
            return [.. moves];
        }

        decimal cash = Math.Max(-moves[^1], 0);
        return [.. moves.Select((move, i) => move >= 0 ? move * (real + cash) / (planned + cash) : i == moves.Count - 1 ? move : -sold[i])];
    }

    private List<Slice> SlicesOf(decimal value, decimal price, TaxLots? lots)
    {
        decimal known = Math.Min(value / price, lots?.Quantity ?? 0);
        List<Slice> slices = known > 0 ? [.. lots!.Preview(known, price, Order).Used.Select(lot => new Slice(lot.Quantity * price, lot.Quantity * (price - lot.UnitCost)))] : [];
        decimal rest = value - slices.Sum(static slice => slice.Value);
        if (rest > 0)
        {
            slices.Add(new Slice(rest, 0));
        }

        return slices;
    }

    private readonly record struct Slice(decimal Value, decimal Gain)
    {
        public decimal Ratio => Gain / Value;
    }
}

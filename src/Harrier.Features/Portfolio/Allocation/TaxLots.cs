using System.Globalization;
using Harrier.Domain;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>Which lots a sale takes first.</summary>
public enum LotOrder : byte
{
    /// <summary>The oldest first.</summary>
    Fifo = 0,

    /// <summary>The newest first.</summary>
    Lifo = 1,

    /// <summary>The dearest first: of all orders the one that realizes the least gain.</summary>
    Hifo = 2,
}

/// <summary>Units of an asset that were bought at once.</summary>
/// <param name="Acquired">When.</param>
/// <param name="Quantity">How many, above 0.</param>
/// <param name="UnitCost">What one cost in the numeraire, fees included.</param>
public sealed record TaxLot(Timestamp Acquired, decimal Quantity, decimal UnitCost);

/// <summary>What a sale took of the lots.</summary>
/// <param name="Used">The lots, or parts of lots, that were sold, in the order in which they were taken.</param>
/// <param name="RealizedGain">Proceeds less cost in the numeraire; below 0 for a loss.</param>
public sealed record LotSale(IReadOnlyList<TaxLot> Used, decimal RealizedGain);

/// <summary>The lots of one asset.</summary>
public sealed class TaxLots
{
    private readonly List<TaxLot> _lots = [];

    /// <summary>The lots that are left, oldest first.</summary>
    public IReadOnlyList<TaxLot> Lots => _lots;

    /// <summary>Units in all lots.</summary>
    public decimal Quantity => _lots.Sum(lot => lot.Quantity);

    /// <summary>Adds what was bought.</summary>
    /// <exception cref="PortfolioInputException">The quantity is not above 0, or the cost is below 0.</exception>
    public void Add(TaxLot lot)
    {
        if (lot.Quantity <= 0 || lot.UnitCost < 0)
        {
            throw new PortfolioInputException("lot", FormattableString.Invariant($"{lot.Quantity} at {lot.UnitCost}"), "a quantity above 0 at a cost of 0 or more");
        }

        _lots.Add(lot);
        _lots.Sort((one, other) => one.Acquired.CompareTo(other.Acquired));
    }

    /// <summary>What a sale would take, and what it would gain; nothing changes.</summary>
    /// <param name="quantity">Units to sell, above 0 and at most what there is.</param>
    /// <param name="unitPrice">What one brings in the numeraire, after fees.</param>
    /// <param name="order">Which lots first.</param>
    /// <exception cref="PortfolioInputException">There is less than is to be sold.</exception>
    public LotSale Preview(decimal quantity, decimal unitPrice, LotOrder order)
    {
        if (quantity <= 0 || quantity > Quantity)
        {
            throw new PortfolioInputException("quantity", quantity.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"above 0 and at most the {Quantity} held"));
        }

        List<TaxLot> used = [];
        decimal left = quantity;
        foreach (TaxLot lot in Sorted(order).TakeWhile(_ => left > 0))
        {
            decimal taken = Math.Min(lot.Quantity, left);
            used.Add(lot with { Quantity = taken });
            left -= taken;
        }

        return new LotSale(used, used.Sum(lot => lot.Quantity * (unitPrice - lot.UnitCost)));
    }

    /// <summary>Sells.</summary>
    /// <inheritdoc cref="Preview"/>
    public LotSale Sell(decimal quantity, decimal unitPrice, LotOrder order)
    {
        LotSale sale = Preview(quantity, unitPrice, order);
        foreach (TaxLot used in sale.Used)
        {
            int at = _lots.FindIndex(lot => lot.Acquired == used.Acquired && lot.UnitCost == used.UnitCost && lot.Quantity >= used.Quantity);
            decimal left = _lots[at].Quantity - used.Quantity;
            _lots[at] = _lots[at] with { Quantity = left };
        }

        _lots.RemoveAll(lot => lot.Quantity == 0);
        return sale;
    }

    private IEnumerable<TaxLot> Sorted(LotOrder order) => order switch
    {
        LotOrder.Fifo => _lots,
        LotOrder.Lifo => Enumerable.Reverse(_lots),
        _ => _lots.OrderByDescending(lot => lot.UnitCost).ThenBy(lot => lot.Acquired),
    };
}

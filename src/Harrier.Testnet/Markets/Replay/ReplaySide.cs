using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// One side of a replayed book. A level that grows gets another order behind what is there, one that shrinks loses its newest orders first: a user who
/// waits at a level moves up only when the level trades.
/// </summary>
internal sealed class ReplaySide
{
    private readonly ExchangeCore _core;
    private readonly ListedInstrument _instrument;
    private readonly ExchangeAccount _maker;
    private readonly bool _isSell;
    private readonly SortedDictionary<decimal, Level> _levels;
    private readonly List<decimal> _aside = [];

    /// <summary>An empty side.</summary>
    public ReplaySide(ExchangeCore core, ListedInstrument instrument, ExchangeAccount maker, bool isSell)
    {
        (_core, _instrument, _maker, _isSell) = (core, instrument, maker, isSell);
        _levels = isSell ? [] : new SortedDictionary<decimal, Level>(Comparer<decimal>.Create((left, right) => right.CompareTo(left)));
    }

    /// <summary>The terms of a limit order.</summary>
    public static NewOrder Terms(ListedInstrument instrument, bool isSell, decimal price, decimal quantity) =>
        new() { Symbol = instrument.Symbol, IsSell = isSell, Type = ExchangeOrderType.Limit, Price = price, Quantity = quantity };

    /// <summary>Removes the levels that a snapshot does not list.</summary>
    public void KeepOnly(IReadOnlyList<DepthLevel> listed)
    {
        HashSet<decimal> prices = [.. listed.Select(level => Grid(level.Price))];
        foreach (decimal price in _levels.Keys.Where(price => !prices.Contains(price)).ToArray())
        {
            SetLevel(price, 0);
        }
    }

    /// <summary>Removes the levels whose quantity is 0.</summary>
    public void Remove(IReadOnlyList<DepthLevel> changes)
    {
        foreach (DepthLevel change in changes)
        {
            if (Lots(change.Quantity) == 0)
            {
                SetLevel(Grid(change.Price), 0);
            }
        }
    }

    /// <summary>Sets the levels whose quantity is not 0.</summary>
    public void Set(IReadOnlyList<DepthLevel> changes)
    {
        foreach (DepthLevel change in changes)
        {
            if (Lots(change.Quantity) > 0 && Grid(change.Price) > 0)
            {
                SetLevel(Grid(change.Price), Lots(change.Quantity));
            }
        }
    }

    /// <summary>Takes levels better than a price out of the book until <see cref="Restore"/>.</summary>
    public void StepAside(decimal price, bool orAt)
    {
        foreach ((decimal at, Level level) in _levels)
        {
            int compared = _isSell ? at.CompareTo(price) : price.CompareTo(at);
            if (compared > 0 || (compared == 0 && !orAt))
            {
                break;
            }

            Shrink(level, 0);
            _aside.Add(at);
        }
    }

    /// <summary>Adds to a level what it lacks of a quantity.</summary>
    /// <returns>The order added; null when nothing was missing.</returns>
    public ExchangeOrder? TopUp(decimal price, decimal quantity)
    {
        decimal there = _levels.TryGetValue(price, out Level? level) ? Resting(level) : 0;
        return quantity > there ? Place(price, quantity - there) : null;
    }

    /// <summary>Cancels an order that is still open.</summary>
    public void Withdraw(ExchangeOrder? order)
    {
        if (order is { IsOpen: true })
        {
            _core.Cancel(_maker, new OrderKey(_instrument.Symbol, order.Id, null));
        }
    }

    /// <summary>Makes what stepped aside, and the level at a price, as large as recorded.</summary>
    public void Restore(decimal price)
    {
        _aside.Add(price);
        foreach (decimal at in _aside)
        {
            if (_levels.TryGetValue(at, out Level? level))
            {
                SetLevel(at, level.Recorded);
            }
        }

        _aside.Clear();
    }

    private void SetLevel(decimal price, decimal lots)
    {
        if (!_levels.TryGetValue(price, out Level? level))
        {
            if (lots == 0)
            {
                return;
            }

            level = new Level();
            _levels.Add(price, level);
        }

        level.Recorded = lots;
        decimal there = Resting(level);
        if (there > lots)
        {
            Shrink(level, lots);
        }
        else if (there < lots && Place(price, lots - there) is { IsOpen: true } order)
        {
            level.Orders.Add(order);
        }

        if (lots == 0)
        {
            _levels.Remove(price);
        }
    }

    private void Shrink(Level level, decimal lots)
    {
        decimal excess = Resting(level) - lots;
        while (excess > 0)
        {
            ExchangeOrder newest = level.Orders[^1];
            decimal remaining = newest.Remaining;
            if (remaining > excess)
            {
                _core.Amend(_maker, new OrderKey(_instrument.Symbol, newest.Id, null), newest.Quantity - excess, null, keepPriority: true);
                return;
            }

            Withdraw(newest);
            level.Orders.RemoveAt(level.Orders.Count - 1);
            excess -= remaining;
        }
    }

    private static decimal Resting(Level level)
    {
        decimal sum = 0;
        for (int i = level.Orders.Count - 1; i >= 0; i--)
        {
            if (level.Orders[i].IsOpen)
            {
                sum += level.Orders[i].Remaining;
            }
            else
            {
                level.Orders.RemoveAt(i);
            }
        }

        return sum;
    }

    private ExchangeOrder? Place(decimal price, decimal quantity) => _core.Place(_maker, Terms(_instrument, _isSell, price, quantity)).Order;

    // Recorded prices may be off the listing's grid: they move away from the other side.
    private decimal Grid(decimal price)
    {
        decimal ticks = price / _instrument.TickSize;
        return (_isSell ? decimal.Ceiling(ticks) : decimal.Floor(ticks)) * _instrument.TickSize;
    }

    private decimal Lots(decimal quantity) => decimal.Floor(quantity / _instrument.LotSize) * _instrument.LotSize;

    private sealed class Level
    {
        public decimal Recorded { get; set; }

        public List<ExchangeOrder> Orders { get; } = new(1);
    }
}

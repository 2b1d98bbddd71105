using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>Joins the changes of a book into larger ones; the last quantity of a price counts.</summary>
internal sealed class DepthJoin
{
    private readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create(static (a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<decimal, decimal> _asks = [];
    private long _firstId;
    private long _finalId;
    private long _previousFinalId;
    private Timestamp _time;

    /// <summary>Adds a change that follows the one before.</summary>
    public void Add(in DepthChange change)
    {
        if (_bids.Count + _asks.Count == 0)
        {
            (_firstId, _previousFinalId) = (change.FirstId, change.PreviousFinalId);
        }

        (_finalId, _time) = (change.FinalId, change.Time);
        foreach (DepthLevel level in change.Bids)
        {
            _bids[level.Price] = level.Quantity;
        }

        foreach (DepthLevel level in change.Asks)
        {
            _asks[level.Price] = level.Quantity;
        }
    }

    /// <summary>What was joined since the last call; null for nothing.</summary>
    public DepthChange? Take()
    {
        if (_bids.Count + _asks.Count == 0)
        {
            return null;
        }

        DepthChange change = new(
            _firstId,
            _finalId,
            _previousFinalId,
            [.. _bids.Select(l => new DepthLevel(l.Key, l.Value))],
            [.. _asks.Select(l => new DepthLevel(l.Key, l.Value))])
        { Time = _time };
        _bids.Clear();
        _asks.Clear();
        return change;
    }
}

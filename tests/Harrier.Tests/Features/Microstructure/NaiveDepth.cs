using Harrier.Domain;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>A book as two sorted lists and all its measures counted anew, in lots and ticks.</summary>
internal sealed class NaiveDepth
{
    private readonly SortedDictionary<long, long> _bids = [];
    private readonly SortedDictionary<long, long> _asks = [];
    private readonly List<(long Time, long Lots)> _flow = [];
    private (long Bid, long BidLots, long Ask, long AskLots)? _top;
    private bool _isKnown;
    private bool _isInSnapshot;

    public IReadOnlyDictionary<long, long> Bids => _bids;

    public IReadOnlyDictionary<long, long> Asks => _asks;

    public bool IsKnown => _isKnown;

    /// <summary>True once after each time the book was lost.</summary>
    public bool WasLost { get; set; }

    public double? Mid => _bids.Count > 0 && _asks.Count > 0 ? (_bids.Keys.Last() + _asks.Keys.First()) / 2.0 : null;

    /// <summary>Takes an input.</summary>
    /// <returns>True when it ended a message of a book that may be read.</returns>
    public bool Feed(in RandomMarket.Input input)
    {
        if (input.Event is not { } e)
        {
            Lose();
            return false;
        }

        if (e.Kind == MarketEventKind.BookClear)
        {
            Lose();
            _isInSnapshot = true;
            return false;
        }

        if (e.Kind != MarketEventKind.BookLevel)
        {
            return false;
        }

        SortedDictionary<long, long> side = e.IsSell ? _asks : _bids;
        if (e.Size.Value == 0)
        {
            side.Remove(e.Price.Value);
        }
        else
        {
            side[e.Price.Value] = e.Size.Value;
        }

        _isKnown |= _isInSnapshot && e.LastInBatch;
        if (!_isKnown || !e.LastInBatch)
        {
            return false;
        }

        CountFlow(e.ReceivedTime.Nanos);
        return true;
    }

    public double Imbalance(double range)
    {
        double bids = _bids.Where(level => level.Key >= Mid!.Value * (1 - (range / 1e4))).Sum(level => level.Value);
        double asks = _asks.Where(level => level.Key <= Mid!.Value * (1 + (range / 1e4))).Sum(level => level.Value);
        return bids + asks == 0 ? 0 : (bids - asks) / (bids + asks);
    }

    public long FromBest(bool isAsk, double range) => isAsk
        ? _asks.Where(level => level.Key <= _asks.Keys.First() * (1 + (range / 1e4))).Sum(level => level.Value)
        : _bids.Where(level => level.Key >= _bids.Keys.Last() * (1 - (range / 1e4))).Sum(level => level.Value);

    public double? Slope(double range)
    {
        List<(double X, double Y)> points = [];
        foreach (IEnumerable<KeyValuePair<long, long>> side in (IEnumerable<KeyValuePair<long, long>>[])[_bids.Reverse(), _asks])
        {
            double sum = 0;
            foreach ((long ticks, long lots) in side.Where(level => Math.Abs(level.Key - Mid!.Value) <= Mid!.Value * range / 1e4))
            {
                sum += lots;
                points.Add((Math.Abs(ticks - Mid!.Value) / Mid!.Value * 1e4, sum));
            }
        }

        return points.Count == 0 ? null : points.Sum(point => point.X * point.Y) / points.Sum(point => point.X * point.X);
    }

    public double? WeightedSpread(double range)
    {
        KeyValuePair<long, long>[] bids = [.. _bids.Where(level => level.Key >= Mid!.Value * (1 - (range / 1e4)))];
        KeyValuePair<long, long>[] asks = [.. _asks.Where(level => level.Key <= Mid!.Value * (1 + (range / 1e4)))];
        return bids.Length == 0 || asks.Length == 0
            ? null
            : (asks.Average(level => (double)level.Key * level.Value) / asks.Average(level => level.Value)
                - (bids.Average(level => (double)level.Key * level.Value) / bids.Average(level => level.Value))) / Mid!.Value * 1e4;
    }

    public long Flow(Timestamp now) => _flow.Where(one => one.Time >= now.Nanos - 10_000_000_000).Sum(one => one.Lots);

    private void Lose()
    {
        WasLost = true;
        _bids.Clear();
        _asks.Clear();
        _flow.Clear();
        _top = null;
        _isKnown = false;
        _isInSnapshot = false;
    }

    private void CountFlow(long time)
    {
        (long Bid, long BidLots, long Ask, long AskLots)? now = Mid is null
            ? null
            : (_bids.Keys.Last(), _bids.Values.Last(), _asks.Keys.First(), _asks.Values.First());
        if (_top is { } old && now is { } top)
        {
            long flow = 0;
            flow += top.Bid > old.Bid ? top.BidLots : top.Bid == old.Bid ? top.BidLots - old.BidLots : -old.BidLots;
            flow -= top.Ask < old.Ask ? top.AskLots : top.Ask == old.Ask ? top.AskLots - old.AskLots : -old.AskLots;
            _flow.Add((time, flow));
        }

        _top = now;
    }
}

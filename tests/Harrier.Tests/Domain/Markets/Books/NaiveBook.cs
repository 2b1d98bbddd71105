using Harrier.Domain;


namespace Harrier.Tests.Domain.Markets.Books;

/// <summary>An order book as anybody would write it: two sorted dictionaries.</summary>
public sealed class NaiveBook
{
    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create((left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<long, long> _asks = [];

    public void Set(bool isAsk, long ticks, long lots)
    {
        SortedDictionary<long, long> side = isAsk ? _asks : _bids;
        if (lots == 0)
        {
            side.Remove(ticks);
        }
        else
        {
            side[ticks] = lots;
        }
    }

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    public long Best(bool isAsk)
    {
        SortedDictionary<long, long> side = isAsk ? _asks : _bids;
        return side.Count == 0 ? 0 : side.First().Key;
    }

    public int Count(bool isAsk) => isAsk ? _asks.Count : _bids.Count;

    public long[] Prices(bool isAsk) => [.. (isAsk ? _asks : _bids).Keys];

    public void ShouldEqual(OrderBook book)
    {
        ShouldEqual(_bids, book.Bids);
        ShouldEqual(_asks, book.Asks);
    }

    private static void ShouldEqual(SortedDictionary<long, long> expected, BookSide side)
    {
        side.Count.ShouldBe(expected.Count);
        using SortedDictionary<long, long>.Enumerator level = expected.GetEnumerator();
        Int128 total = 0;
        foreach (BookLevel actual in side)
        {
            level.MoveNext().ShouldBeTrue();
            if (actual.Price.Value != level.Current.Key || actual.Size.Value != level.Current.Value)
            {
                actual.ShouldBe(new BookLevel(new PriceTicks(level.Current.Key), new SizeLots(level.Current.Value)));
            }

            total += level.Current.Value;
        }

        level.MoveNext().ShouldBeFalse();
        side.TotalLots().ShouldBe(total);
    }
}

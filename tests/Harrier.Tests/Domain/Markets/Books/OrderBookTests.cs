using System.Buffers;
using Harrier.Domain;
using Harrier.Simulation.Randomness;
using Harrier.Tests.Support;

namespace Harrier.Tests.Domain.Markets.Books;

public sealed class OrderBookTests
{
    /// <summary>How far the middle wanders in a step, and how far from it levels lie: from a dense book to one all over the place.</summary>
    public static TheoryData<int, int, long, double> Markets() => new()
    {
        { 1, 1_000_000, 0, 20 }, { 2, 1_000_000, 1, 200 }, { 3, 500_000, 3, 4_000 }, { 4, 60_000, 50, 100_000 }, { 5, 60_000, 20_000, 3_000_000 }, { 6, 60_000, 1_000_000, 50 },
    };

    [Theory]
    [MemberData(nameof(Markets))]
    public void Set_OfRandomChanges_EqualsTheNaiveBook(int seed, int changes, long drift, double spread)
    {
        RandomStream random = new(seed);
        OrderBook book = new();
        NaiveBook naive = new();
        long middle = 5_000_000;
        for (int i = 0; i < changes; i++)
        {
            if (random.NextDouble() < 0.001)
            {
                middle = Math.Max(1_000, middle + (long)(random.NextNormal() * drift * 10));
            }

            bool isAsk = random.NextDouble() < 0.5;
            long ticks = Price(random, naive, isAsk, middle, spread);
            long lots = random.NextDouble() < 0.45 ? 0 : 1 + random.NextInt32(1_000_000);
            book.Set(isAsk, ticks, lots);
            naive.Set(isAsk, ticks, lots);
            if (book.Bids.BestTicks != naive.Best(false) || book.Asks.BestTicks != naive.Best(true))
            {
                (i, book.Bids.BestTicks, book.Asks.BestTicks).ShouldBe((i, naive.Best(false), naive.Best(true)));
            }

            if (i % 20_000 == 0)
            {
                naive.ShouldEqual(book);
            }

            if (random.NextDouble() < 0.000_005)
            {
                book.Clear();
                naive.Clear();
            }
        }

        naive.ShouldEqual(book);
        foreach (long price in naive.Prices(isAsk: true))
        {
            book.Set(isAsk: true, price, 0);
        }

        book.Asks.Count.ShouldBe(0);
        book.Asks.Best.ShouldBe(default);
    }

    [Fact]
    public void Set_OfAbsurdPrices_KeepsThemAndTheOthers()
    {
        OrderBook book = new();
        book.Set(isAsk: false, 6_168_599, 7);
        book.Set(isAsk: true, 6_168_600, 8);
        book.Set(isAsk: false, 1, 1);
        book.Set(isAsk: true, 1L << 60, 2);
        book.Set(isAsk: true, OrderBook.MaxTicks, long.MaxValue);
        book.Set(isAsk: false, 1L << 60, 3);
        book.IsCrossed.ShouldBeTrue();
        book.Bids.BestTicks.ShouldBe(1L << 60);
        book.Set(isAsk: false, 1L << 60, 0);

        book.Top.ShouldBe(new BookTop(new BookLevel(new PriceTicks(6_168_599), new SizeLots(7)), new BookLevel(new PriceTicks(6_168_600), new SizeLots(8))));
        book.Bids.At(new PriceTicks(1)).Value.ShouldBe(1);
        book.Asks.At(new PriceTicks(1L << 60)).Value.ShouldBe(2);
        book.Asks.Count.ShouldBe(3);
        book.Asks.TotalLots().ShouldBe((Int128)long.MaxValue + 10);
        book.Set(isAsk: true, 6_168_600, 0);
        book.Asks.BestTicks.ShouldBe(1L << 60);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(5, -1)]
    [InlineData((1L << 61) + 1, 1)]
    [InlineData(long.MinValue, 1)]
    public void Set_OutsideTheRange_Throws(long ticks, long lots) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OrderBook().Set(isAsk: false, ticks, lots));

    [Fact]
    public void CopyTo_GivesTheBestLevelsFirst()
    {
        OrderBook book = new();
        foreach (long ticks in (long[])[105, 101, 9_000_000_000, 103])
        {
            book.Set(isAsk: true, ticks, ticks * 2);
            book.Set(isAsk: false, ticks, ticks * 3);
        }

        BookLevel[] levels = new BookLevel[3];
        book.Asks.CopyTo(levels).ShouldBe(3);
        levels.Select(level => level.Price.Value).ShouldBe([101, 103, 105]);
        book.Bids.CopyTo(levels).ShouldBe(3);
        levels.Select(level => (level.Price.Value, level.Size.Value)).ShouldBe([(9_000_000_000, 27_000_000_000), (105, 315), (103, 309)]);
    }

    [Fact]
    public void Restore_OfASavedBook_GivesTheSameLevelsAndTheSameBytes()
    {
        RandomStream random = new(11);
        OrderBook book = new();
        for (int i = 0; i < 20_000; i++)
        {
            book.Set(random.NextDouble() < 0.5, 1 + random.NextInt32(int.MaxValue), random.NextInt32(5));
        }

        ReadOnlySpan<byte> saved = Save(book);
        OrderBook restored = new();
        restored.Set(isAsk: true, 4, 4);
        StateReader reader = new(saved);
        restored.Restore(ref reader);

        reader.Remaining.ShouldBe(0);
        restored.Checksum().ShouldBe(book.Checksum());
        Save(restored).SequenceEqual(saved).ShouldBeTrue();
        restored.Set(isAsk: false, 77, 77);
        restored.Checksum().ShouldNotBe(book.Checksum());
    }

    [Fact]
    public void Set_InSteadyState_AllocatesNothing()
    {
        long least = Allocation.Least(() =>
        {
            OrderBook book = new();
            RandomStream warm = new(3);
            Churn(book, warm, 200_000);
            RandomStream random = new(4);
            return () => Churn(book, random, 100_000);
        });
        least.ShouldBe(0);
    }

    [Fact]
    public void Set_OfAMarketThatWanders_TakesNoMoreMemoryThanItsLevels()
    {
        long least = Allocation.Least(() =>
        {
            // Two levels far apart keep the window where it is, so that only what the levels between them need is taken.
            OrderBook book = new();
            book.Set(isAsk: true, 1_000_000, 1);
            book.Set(isAsk: true, 2_000_000, 1);
            Wander(book, 1_100_000, 1_120_000);
            book.Asks.Count.ShouldBe(102);
            return () => Wander(book, 1_200_000, 1_700_000);
        });
        least.ShouldBe(0);
    }

    private static void Wander(OrderBook book, long from, long to)
    {
        const int Levels = 100;
        for (long ticks = from; ticks < to; ticks++)
        {
            book.Set(isAsk: true, ticks, 7);
            book.Set(isAsk: true, ticks - Levels, 0);
        }
    }

    private static void Churn(OrderBook book, RandomStream random, int changes)
    {
        for (int i = 0; i < changes; i++)
        {
            bool isAsk = random.NextDouble() < 0.5;
            long distance = 1 + random.NextInt32(3_000);
            book.Set(isAsk, isAsk ? 1_000_000 + distance : 1_000_000 - distance, random.NextInt32(3));
        }
    }

    private static ReadOnlySpan<byte> Save(OrderBook book)
    {
        ArrayBufferWriter<byte> buffer = new();
        StateWriter writer = new(buffer);
        book.Save(ref writer);
        return buffer.WrittenSpan;
    }

    private static long Price(RandomStream random, NaiveBook naive, bool isAsk, long middle, double spread)
    {
        double kind = random.NextDouble();
        if (kind < 0.02 && naive.Count(isAsk) > 0)
        {
            return naive.Best(isAsk);
        }

        if (kind < 0.020_1)
        {
            return 1L << random.NextInt32(62);
        }

        long distance = 1 + (long)(random.NextExponential() * spread);
        return Math.Max(1, isAsk ? middle + distance : middle - distance);
    }
}

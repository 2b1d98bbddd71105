using Harrier.Domain;
using Harrier.Hosting.Markets;

namespace Harrier.Tests.Hosting.Markets;

public sealed class CandleRingTests
{
    [Fact]
    public void Read_JoinsTradesToCandles_AndCandlesToLongerOnes()
    {
        CandleRing ring = new(TimeSpan.FromSeconds(1), 10);
        foreach ((double second, decimal price) in ((double, decimal)[])[(0.1, 5), (0.9, 7), (1.0, 4), (4.5, 6), (5.0, 9)])
        {
            ring.Add(At(second), price, 2);
        }

        ring.Read(Timestamp.NanosPerSecond).ShouldBe(
        [
            new Candle(At(0), 5, 7, 5, 7, 4), new Candle(At(1), 4, 4, 4, 4, 2), new Candle(At(4), 6, 6, 6, 6, 2), new Candle(At(5), 9, 9, 9, 9, 2),
        ]);
        ring.Read(5 * Timestamp.NanosPerSecond).ShouldBe([new Candle(At(0), 5, 7, 4, 6, 8), new Candle(At(5), 9, 9, 9, 9, 2)]);
    }

    [Fact]
    public void Add_KeepsTheNewestOnly_AndCountsALateTradeIntoTheOpenCandle()
    {
        CandleRing ring = new(TimeSpan.FromSeconds(1), 2);
        foreach (int second in (int[])[1, 2, 3, 4])
        {
            ring.Add(At(second), second, 1);
        }

        ring.Add(At(2.5), 100, 1);
        ring.Read(Timestamp.NanosPerSecond).ShouldBe([new Candle(At(2), 2, 2, 2, 2, 1), new Candle(At(3), 3, 3, 3, 3, 1), new Candle(At(4), 4, 100, 4, 100, 2)]);
    }

    private static Timestamp At(double second) => new((long)(second * Timestamp.NanosPerSecond));
}

using Harrier.Features.Microstructure;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>The structure behind the median against a sorted list.</summary>
public sealed class OrderedSizesTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1000)]
    [InlineData(3, 1_000_000)]
    public void Everything_AfterRandomChanges_EqualsASortedList(int seed, int range)
    {
        Random random = new(seed);
        OrderedSizes sizes = new();
        List<long> sorted = [];
        for (int i = 0; i < 20_000; i++)
        {
            // Grows to thousands, shrinks to nothing, and so on.
            bool grows = i / 4000 % 2 == 0;
            if (sorted.Count == 0 || random.Next(10) < (grows ? 8 : 2))
            {
                long value = random.Next(range);
                sizes.Add(value);
                int at = sorted.BinarySearch(value);
                sorted.Insert(at < 0 ? ~at : at, value);
            }
            else
            {
                long value = sorted[random.Next(sorted.Count)];
                sizes.Remove(value);
                sorted.Remove(value);
            }

            sizes.Count.ShouldBe(sorted.Count);
            if (sorted.Count > 0 && i % 7 == 0)
            {
                int rank = random.Next(sorted.Count);
                sizes.At(rank).ShouldBe(sorted[rank]);
                int half = sorted.Count / 2;
                sizes.Median().ShouldBe(sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0);
            }
        }
    }
}

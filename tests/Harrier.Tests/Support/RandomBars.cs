namespace Harrier.Tests.Support;

/// <summary>Seeded random walks on a grid of whole ticks.</summary>
internal static class RandomBars
{
    public static IReadOnlyList<(decimal O, decimal H, decimal L, decimal C, double V)> Walk(int seed, int count, int start = 1000, int step = 8)
    {
        Random random = new(seed);
        List<(decimal, decimal, decimal, decimal, double)> bars = [];
        int last = start;
        for (int i = 0; i < count; i++)
        {
            int open = Math.Max(50, last + (random.Next(8) == 0 ? random.Next(-step, step + 1) : 0));
            int close = Math.Max(50, open + random.Next(-step, step + 1));
            int high = Math.Max(open, close) + random.Next(0, step);
            int low = Math.Max(1, Math.Min(open, close) - random.Next(0, step));
            bars.Add((open, high, low, close, random.Next(0, 400)));
            last = close;
        }

        return bars;
    }
}

namespace Harrier.Tests.Support;

/// <summary>
/// Bytes that code allocates. The runtime itself allocates on the measured thread now and then, when it swaps in a faster version of a
/// method in the middle of it; code that allocates does so in every repetition, the runtime does not, so the least of several counts.
/// </summary>
internal static class Allocation
{
    private const int Repetitions = 5;

    /// <summary>The fewest bytes that one of several repetitions allocates.</summary>
    /// <param name="prepare">Makes fresh state and returns the work to measure on it.</param>
    public static long Least(Func<Action> prepare)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Repetitions; i++)
        {
            Action work = prepare();
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

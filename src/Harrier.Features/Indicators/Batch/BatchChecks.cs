namespace Harrier.Features.Indicators.Batch;

/// <summary>Checks and sizes that the batch forms share.</summary>
internal static class BatchChecks
{
    /// <summary>Bars worked on at a time: a few buffers of this many numbers stay in the first-level cache.</summary>
    public const int ChunkLength = 512;

    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void SameLength(int expected, int actual)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"columns of {expected} and {actual} values: all must be equally long");
        }
    }
}

using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Books;

/// <summary>What latency models read besides their own numbers.</summary>
internal sealed class LatencyState(long seed) : IStateful
{
    private const int Purpose = 71;

    public RandomStream Random { get; } = new(seed, Purpose);

    /// <summary>How long the newest market message took to us, in nanoseconds; 0 before the first.</summary>
    public long NewestFeedNanos { get; set; }

    public void Save(ref StateWriter writer)
    {
        writer.Write(Random);
        writer.Write(NewestFeedNanos);
    }

    public void Restore(ref StateReader reader)
    {
        reader.Read(Random);
        NewestFeedNanos = reader.ReadInt64();
    }
}

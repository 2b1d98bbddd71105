using Harrier.Hosting.Supervision;

namespace Harrier.Tests.Hosting.Supervision;

/// <summary>The bound on the memory is told at 80 %, once each time, and reached at its last byte.</summary>
public sealed class MemoryWatchTests
{
    [Fact]
    public void Look_TellsNearOnceUntilItWasLess()
    {
        MemoryWatch watch = new(1000);

        ((long[])[100, 799, 800, 900, 700, 850, 999, 1000, 2000]).Select(watch.Look).ShouldBe(
        [
            MemoryState.Well, MemoryState.Well, MemoryState.BecameNear, MemoryState.Well, MemoryState.Well, MemoryState.BecameNear, MemoryState.Well, MemoryState.Reached, MemoryState.Reached,
        ]);
    }

    [Fact]
    public void Look_WithoutABound_IsAlwaysWell() => new MemoryWatch(null).Look(long.MaxValue).ShouldBe(MemoryState.Well);
}

using Harrier.Storage.Sessions;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Sessions;

/// <summary>A home has one owner at a time.</summary>
public sealed class HomeLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryTake_Twice_NamesTheOwnerUntilItIsLeft()
    {
        string home = Path.Combine(_folder.Path, "home");
        HomeLock first = HomeLock.TryTake(home, out _).ShouldNotBeNull();

        HomeLock.TryTake(home, out string owner).ShouldBeNull();
        owner.ShouldBe($"process {Environment.ProcessId}");

        first.Dispose();
        using HomeLock second = HomeLock.TryTake(home, out _).ShouldNotBeNull();
    }
}

using Harrier.Cli.Running;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Running;

/// <summary>When a changed file is told of.</summary>
public sealed class ConfigurationWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _told;

    public void Dispose() => _folder.Dispose();

    private string FilePath => Path.Combine(_folder.Path, "run.json");

    [Fact]
    public async Task LookAsync_TellsOfWhatTheFileSays_NotOfItsTime()
    {
        await File.WriteAllTextAsync(FilePath, "one", TestContext.Current.CancellationToken);
        using ConfigurationWatch watch = new(FilePath, ConfigurationWatch.DigestOf(FilePath), new StillClock(), Count);
        File.SetLastWriteTimeUtc(FilePath, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await watch.LookAsync();
        _told.ShouldBe(0);
        await File.WriteAllTextAsync(FilePath, "two", TestContext.Current.CancellationToken);
        await watch.LookAsync();
        await watch.LookAsync();
        _told.ShouldBe(1);
        File.Delete(FilePath);
        await watch.LookAsync();
        await File.WriteAllTextAsync(FilePath, "two", TestContext.Current.CancellationToken);
        await watch.LookAsync();
        _told.ShouldBe(1, "gone and back, it says the same");
    }

    [Fact]
    public async Task AnotherFileInItsPlace_IsNoticed()
    {
        await File.WriteAllTextAsync(FilePath, "one", TestContext.Current.CancellationToken);
        TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ConfigurationWatch watch = new(FilePath, ConfigurationWatch.DigestOf(FilePath), TimeProvider.System, () =>
        {
            heard.TrySetResult();
            return Task.CompletedTask;
        });
        await File.WriteAllTextAsync(FilePath + ".new", "two", TestContext.Current.CancellationToken);
        File.Move(FilePath + ".new", FilePath, overwrite: true);
        await heard.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    // Nothing but the test looks.
    private sealed class StillClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Deaf();

        private sealed class Deaf : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private Task Count()
    {
        _told++;
        return Task.CompletedTask;
    }
}

namespace Harrier.Exchanges.Tests.Support;

/// <summary>Waits for what other tasks bring about, without a length of time in the test: only a hang ends the wait in failure.</summary>
public static class Eventually
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what = "the condition")
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > _hang)
            {
                Assert.Fail($"{what} did not come about");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As <see cref="Holds"/>, for conditions that have to be asked for.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > _hang)
            {
                Assert.Fail($"{what} did not come about");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until nothing differs; a hang fails with what still does.</summary>
    /// <param name="difference">What differs; null for nothing.</param>
    /// <param name="hang">What counts as a hang, where more has to happen than inside this process.</param>
    public static async Task Agrees(Func<string?> difference, TimeSpan? hang = null)
    {
        string? last = null;
        long started = TimeProvider.System.GetTimestamp();
        while ((last = difference()) is not null)
        {
            if (TimeProvider.System.GetElapsedTime(started) > (hang ?? _hang))
            {
                Assert.Fail(last);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

namespace Harrier.Tests.Support;

/// <summary>Waits for what other tasks bring about, without a length of time in the test: only a hang ends the wait in failure.</summary>
public static class Eventually
{
    private static readonly TimeSpan _hang = TimeSpan.FromSeconds(60);

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
}

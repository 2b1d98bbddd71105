namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>Moves a clock for work that waits for it.</summary>
/// <param name="calls">Knows whether a request is under way.</param>
/// <param name="clock">The clock.</param>
/// <param name="step">By how much it moves at once.</param>
internal sealed class PassingTime(CallCounter calls, WatchedClock clock, TimeSpan step)
{
    // Who waits may be about to send something: only who waits for long really waits.
    private const int Quiet = 100;

    /// <summary>Carries on while it waits for a clock that moves only when told to: the clock moves whenever it is waited for and no request is under way.</summary>
    public async Task<T> ForAsync<T>(Task<T> work)
    {
        int quiet = 0;
        long seen = -1;
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, calls.WhenIdle());
            long events = clock.Events;
            quiet = clock.IsWaitedFor && events == seen ? quiet + 1 : 0;
            seen = events;
            if (quiet > Quiet)
            {
                quiet = 0;
                clock.Advance(step);
            }

            await Task.Yield();
        }

        return await work;
    }
}

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>Moves a clock for work that waits for it.</summary>
/// <param name="calls">Knows whether a request is under way.</param>
/// <param name="clock">The clock.</param>
/// <param name="step">By how much it moves at once.</param>
internal sealed class PassingTime(CallCounter calls, WatchedClock clock, TimeSpan step)
{
    private const int Patience = 1000;

    // Who waits may be about to send something: only who waits for long really waits.
    private const int Quiet = 100;

    /// <summary>Carries on while it waits for a clock that moves only when told to: the clock moves whenever no request is under way.</summary>
    public async Task<T> ForAsync<T>(Task<T> work)
    {
        int looks = 0;
        int quiet = 0;
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, calls.WhenIdle());

            // Where several wait, the last that happened may have been the end of another.
            quiet = clock.IsWaitedFor ? quiet + 1 : 0;
            if (quiet > Quiet || ++looks > Patience)
            {
                (looks, quiet) = (0, 0);
                clock.Advance(step);
            }

            await Task.Yield();
        }

        return await work;
    }
}

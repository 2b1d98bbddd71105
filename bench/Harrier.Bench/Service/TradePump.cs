namespace Harrier.Bench.Service;

/// <summary>Tells trades at a pace, spread over each second as evenly as the clock allows.</summary>
/// <param name="time">The clock.</param>
/// <param name="tell">Told a timestamp of the clock as id, and a price.</param>
internal sealed class TradePump(TimeProvider time, Action<long, long> tell)
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private volatile int _rate;

    /// <summary>Trades a second; 0 for none.</summary>
    public int Rate
    {
        get => _rate;
        set => _rate = value;
    }

    /// <summary>Tells them, for ever.</summary>
    public void Run()
    {
        long began = time.GetTimestamp();
        int rate = 0;
        for (long told = 0; ;)
        {
            if (rate != _rate)
            {
                (rate, told, began) = (_rate, 0, time.GetTimestamp());
            }

            // What was due while this thread did not run is told late, with the time at which it is told.
            long due = (long)(time.GetElapsedTime(began).TotalSeconds * rate);
            for (; told < due; told++)
            {
                tell(time.GetTimestamp(), 5_000_000 + (told % 1000));
            }

            Task.Delay(rate == 0 ? Rest : Nap, time).GetAwaiter().GetResult();
        }
    }
}

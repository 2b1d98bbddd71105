namespace Harrier.Exchanges.Requests;

/// <summary>
/// Slows the lower classes down while the venue struggles. Over the last 100 results, once there are 10: a failure while more than a tenth
/// failed adds 10 ms (up to 1 s), a success while less than a hundredth failed and answers took under 200 ms on average takes 1 ms away.
/// </summary>
/// <remarks>
/// It differs from the systems' rate limiter where that one errs: there a success too raises the delay while old failures are still in
/// the window; the delay never falls below 10 ms again; a trip doubles a delay of 0 to 0 (here to 10 ms at least); and refusals that say
/// nothing about load count as failures. There each request sleeps for the delay, however many do so side by side; here the delay is the
/// least distance between two requests, which does limit their rate. Not thread-safe.
/// </remarks>
public sealed class AdaptiveThrottle
{
    private const int Capacity = 100;
    private const int Least = 10;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Ease = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(bool Failed, TimeSpan Latency)> _results = new(Capacity);
    private int _failures;
    private TimeSpan _latencies;

    /// <summary>The least distance between two requests of a lower class.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Learns from one result.</summary>
    /// <param name="failed">True when the venue was overloaded, refused for its limits or did not answer.</param>
    /// <param name="latency">From leaving to the answer.</param>
    public void Record(bool failed, TimeSpan latency)
    {
        if (_results.Count == Capacity)
        {
            (bool wasFailure, TimeSpan took) = _results.Dequeue();
            _failures -= wasFailure ? 1 : 0;
            _latencies -= took;
        }

        _results.Enqueue((failed, latency));
        _failures += failed ? 1 : 0;
        _latencies += latency;
        Adapt(failed);
    }

    /// <summary>Doubles the delay, to 10 ms at least, because the circuit breaker tripped.</summary>
    public void Tripped() => Delay = Shorter(Delay + Delay < Step ? Step : Delay + Delay, Longest);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Adapt(bool failed)
    {
        int count = _results.Count;
        if (count < Least)
        {
            return;
        }

        if (failed && _failures * 10 > count)
        {
            Delay = Shorter(Delay + Step, Longest);
        }
        else if (!failed && _failures * 100 < count && _latencies / count < Quick)
        {
            Delay = Delay > Ease ? Delay - Ease : TimeSpan.Zero;
        }
    }
}

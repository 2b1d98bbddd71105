using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class ServerClockTests : IDisposable
{
    private readonly ManualTimeProvider _manual = new();
    private readonly SteppedTime _time;
    private readonly ServerClock _clock;
    private int _probes;

    public ServerClockTests()
    {
        _time = new SteppedTime(_manual);
        _clock = new ServerClock(_time);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Refresh_RoundTripsDiffer_TakesTheMedianOffsetAtTheMiddleOfTheTrip()
    {
        // The venue is 10 s ahead; the way back of the second probe is slow, which makes its own offset wrong by 200 ms.
        Probe((20, 20), (20, 420), (40, 40));
        await _clock.RefreshAsync(TestContext.Current.CancellationToken);
        _clock.Offset.ShouldBe(TimeSpan.FromSeconds(10));
        (_clock.Now() - Timestamp.From(_time.GetUtcNow())).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task NeedsRefresh_Measured_IsDueAgainAfterFiveMinutes()
    {
        _clock.NeedsRefresh.ShouldBeFalse("there is nobody to ask");
        Probe((20, 20));
        _clock.NeedsRefresh.ShouldBeTrue();
        await _clock.RefreshIfNeededAsync(TestContext.Current.CancellationToken);
        _clock.NeedsRefresh.ShouldBeFalse();
        _manual.Advance(TimeSpan.FromMinutes(5));
        _clock.NeedsRefresh.ShouldBeTrue();
    }

    [Fact]
    public async Task NeedsRefresh_VenueCallsATimeWrong_IsDueAtOnce()
    {
        Probe((20, 20));
        await _clock.RefreshAsync(TestContext.Current.CancellationToken);
        _clock.MarkSuspect();
        _clock.NeedsRefresh.ShouldBeTrue();
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task NeedsRefresh_WallClockJumps_IsDueAtOnce(int seconds)
    {
        Probe((20, 20));
        await _clock.RefreshAsync(TestContext.Current.CancellationToken);
        _time.Step += TimeSpan.FromSeconds(seconds);
        _clock.NeedsRefresh.ShouldBeTrue("the machine slept or its clock was set");
    }

    [Fact]
    public async Task Refresh_NoAnswer_KeepsTheOldOffsetAndRestsAWhile()
    {
        Probe((20, 20));
        await _clock.RefreshAsync(TestContext.Current.CancellationToken);
        _clock.UseProbe(_ => ValueTask.FromResult<Timestamp?>(null));
        _clock.MarkSuspect();
        await _clock.RefreshIfNeededAsync(TestContext.Current.CancellationToken);
        _clock.Offset.ShouldBe(TimeSpan.FromSeconds(10));
        _clock.NeedsRefresh.ShouldBeFalse();
        _manual.Advance(TimeSpan.FromSeconds(5));
        _clock.NeedsRefresh.ShouldBeTrue();
    }

    // Each probe takes its way there and its way back, in milliseconds.
    private void Probe(params (int There, int Back)[] ways) => _clock.UseProbe(_ =>
    {
        (int there, int back) = ways[_probes++ % ways.Length];
        _manual.Advance(TimeSpan.FromMilliseconds(there));
        Timestamp venue = Timestamp.From(_time.GetUtcNow()) + TimeSpan.FromSeconds(10);
        _manual.Advance(TimeSpan.FromMilliseconds(back));
        return ValueTask.FromResult<Timestamp?>(venue);
    });

    /// <summary>A wall clock that can be set while the steady one goes on.</summary>
    private sealed class SteppedTime(ManualTimeProvider inner) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;
    }
}

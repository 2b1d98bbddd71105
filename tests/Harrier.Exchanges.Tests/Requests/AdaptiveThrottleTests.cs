using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class AdaptiveThrottleTests
{
    private readonly AdaptiveThrottle _throttle = new();

    [Fact]
    public void Record_TwelveFailures_FollowTheSystemsVector()
    {
        List<double> delays = [];
        for (int i = 0; i < 12; i++)
        {
            _throttle.Record(failed: true, TimeSpan.FromMilliseconds(50));
            delays.Add(_throttle.Delay.TotalSeconds);
        }

        delays.ShouldBe([0, 0, 0, 0, 0, 0, 0, 0, 0, .01, .02, .03]);
    }

    [Fact]
    public void Record_SuccessesAfterFailures_NeverRaiseAndInTheEndRemoveTheDelay()
    {
        Record_TwelveFailures_FollowTheSystemsVector();
        for (int i = 0; i < 200; i++)
        {
            TimeSpan before = _throttle.Delay;
            _throttle.Record(failed: false, TimeSpan.FromMilliseconds(50));
            _throttle.Delay.ShouldBeLessThanOrEqualTo(before);
        }

        _throttle.Delay.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Record_SlowAnswers_KeepTheDelay()
    {
        Record_TwelveFailures_FollowTheSystemsVector();
        for (int i = 0; i < 200; i++)
        {
            _throttle.Record(failed: false, TimeSpan.FromMilliseconds(200));
        }

        _throttle.Delay.ShouldBe(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void Record_OnlyFailures_StopsAtOneSecond()
    {
        for (int i = 0; i < 300; i++)
        {
            _throttle.Record(failed: true, TimeSpan.Zero);
        }

        _throttle.Delay.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Tripped_NoDelayYet_IsTenMillisecondsThenDoubles()
    {
        _throttle.Tripped();
        _throttle.Delay.ShouldBe(TimeSpan.FromMilliseconds(10));
        _throttle.Tripped();
        _throttle.Delay.ShouldBe(TimeSpan.FromMilliseconds(20));
    }
}

using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class ApiCircuitBreakerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ApiCircuitBreaker _breaker;

    public ApiCircuitBreakerTests() => _breaker = new ApiCircuitBreaker(new ApiCircuitBreakerOptions(), _time);

    [Fact]
    public void TryEnter_FiveErrors_OpenForSixtySecondsThenExactlyThreeProbes()
    {
        Trip();
        _time.Advance(TimeSpan.FromSeconds(59.9));
        _breaker.TryEnter().ShouldBe(0);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        bool[] entered = [Enter(), Enter(), Enter(), Enter()];
        entered.ShouldBe([true, true, true, false]);
        _breaker.State.ShouldBe(CircuitState.HalfOpen);
    }

    [Fact]
    public void Leave_ProbeSucceeds_ClosesAndForgetsTheErrors()
    {
        Trip();
        _time.Advance(TimeSpan.FromSeconds(60));
        _breaker.Leave(_breaker.TryEnter(), rateLimited: false, answered: true).ShouldBeFalse();
        _breaker.State.ShouldBe(CircuitState.Closed);
        for (int i = 0; i < 4; i++)
        {
            _breaker.Leave(_breaker.TryEnter(), rateLimited: true, answered: true).ShouldBeFalse();
        }
    }

    [Fact]
    public void Leave_ProbeIsRefusedAgain_OpensForAnotherMinute()
    {
        Trip();
        _time.Advance(TimeSpan.FromSeconds(60));
        int probe = _breaker.TryEnter();
        int late = _breaker.TryEnter();
        _breaker.Leave(probe, rateLimited: true, answered: true).ShouldBeTrue();
        _breaker.Leave(late, rateLimited: false, answered: true);
        _breaker.State.ShouldBe(CircuitState.Open, "the verdict of a probe from before the trip is stale");
        _breaker.Remaining.ShouldBe(TimeSpan.FromSeconds(60));
        _breaker.Trips.ShouldBe(2);
    }

    [Fact]
    public void Leave_ProbesEndWithoutAnyAnswer_NeverGetsStuck()
    {
        Trip();
        _time.Advance(TimeSpan.FromSeconds(60));
        for (int i = 0; i < 10; i++)
        {
            int pass = _breaker.TryEnter();
            pass.ShouldNotBe(0);
            _breaker.Leave(pass, rateLimited: false, answered: false);
        }

        _breaker.State.ShouldBe(CircuitState.HalfOpen);
    }

    [Fact]
    public void Leave_ErrorsFarApart_Decay()
    {
        for (int i = 0; i < 20; i++)
        {
            _breaker.Leave(_breaker.TryEnter(), rateLimited: true, answered: true);
            _time.Advance(TimeSpan.FromSeconds(16));
        }

        _breaker.State.ShouldBe(CircuitState.Closed);
    }

    private bool Enter() => _breaker.TryEnter() != 0;

    private void Trip()
    {
        bool[] tripped = [.. Enumerable.Range(0, 5).Select(_ => _breaker.Leave(_breaker.TryEnter(), rateLimited: true, answered: true))];
        tripped.ShouldBe([false, false, false, false, true]);
    }
}

using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Supervision;

namespace Harrier.Tests.Hosting.Supervision;

/// <summary>A call that stays is noticed; calls that come and go are not, however many.</summary>
public sealed class StrategyWatchTests
{
    private StrategyCall? _current;

    [Fact]
    public void Look_ACallThatStays_IsNoticedAfterItsTime()
    {
        StrategyWatch watch = new(() => _current, TimeSpan.FromSeconds(10));
        _current = new StrategyCall(new BotId(1), 7);
        watch.Look(At(0)).ShouldBeNull();
        watch.Look(At(9.9)).ShouldBeNull();
        watch.Look(At(10)).ShouldBe(new StrategyCall(new BotId(1), 7));
    }

    [Fact]
    public void Look_CallsThatComeAndGo_AreWell()
    {
        StrategyWatch watch = new(() => _current, TimeSpan.FromSeconds(10));
        for (int i = 0; i < 100; i++)
        {
            _current = i % 3 == 0 ? null : new StrategyCall(new BotId(0), i);
            watch.Look(At(6 * i)).ShouldBeNull();
        }

        _current = null;
        watch.Look(At(1000)).ShouldBeNull();
        watch.Look(At(2000)).ShouldBeNull();
    }

    private static Timestamp At(double seconds) => new((long)(seconds * Timestamp.NanosPerSecond));
}

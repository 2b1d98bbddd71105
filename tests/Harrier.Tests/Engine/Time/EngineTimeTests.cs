using System.Buffers;
using Harrier.Domain;
using Harrier.Engine.Time;
using Harrier.Features;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Time;

/// <summary>Virtual time: timers at exact instants in a fixed order.</summary>
public sealed class EngineTimeTests
{
    [Fact]
    public void AdvanceTo_FiresTimersAtTheirDueTimesInOrder()
    {
        EngineTime time = new();
        List<(string, long)> fired = [];
        using ITimer periodic = time.CreateTimer(_ => fired.Add(("a", time.Now.Nanos)), null, TimeSpan.FromTicks(10), TimeSpan.FromTicks(20));
        using ITimer once = time.CreateTimer(_ => fired.Add(("b", time.Now.Nanos)), null, TimeSpan.FromTicks(30), Timeout.InfiniteTimeSpan);
        time.AdvanceTo(new Timestamp(5500));
        fired.ShouldBe([("a", 1000L), ("b", 3000L), ("a", 3000L), ("a", 5000L)]);
        time.Now.Nanos.ShouldBe(5500);
    }

    [Fact]
    public void AdvanceTo_TheePast_LeavesTheTime()
    {
        EngineTime time = new();
        time.AdvanceTo(new Timestamp(100));
        time.AdvanceTo(new Timestamp(50));
        time.Now.Nanos.ShouldBe(100);
        time.GetTimestamp().ShouldBe(100);
        time.TimestampFrequency.ShouldBe(1_000_000_000);
    }

    [Fact]
    public void DisposedTimer_DoesNotFire()
    {
        EngineTime time = new();
        int fired = 0;
        ITimer timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();
        time.AdvanceTo(new Timestamp(1000));
        fired.ShouldBe(0);
    }

    [Fact]
    public void ChangedTimer_FiresOnceAtTheNewTime()
    {
        EngineTime time = new();
        List<long> fired = [];
        using ITimer timer = time.CreateTimer(_ => fired.Add(time.Now.Nanos), null, TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromTicks(5), Timeout.InfiniteTimeSpan);
        time.AdvanceTo(new Timestamp(1000));
        fired.ShouldBe([500L]);
    }

    [Fact]
    public void StrategyTimer_FiresBeforeTheInputThatPassesIt()
    {
        List<string> log = [];
        BacktestScenario run = new();
        TimerScript script = new(log);
        run.Prepare([(1, 1, 1, 1, 1), (1, 1, 1, 1, 1), (1, 1, 1, 1, 1)], script);
        run.Loop.Play(3);
        log.ShouldBe(["bar 60", "timer 7 at 90", "bar 120", "bar 180"]);
    }

    [Fact]
    public void SavedTimers_FireAfterRestore()
    {
        EngineTime time = new();
        time.SetBotTimer(new BotId(2), 5, new Timestamp(700));
        time.SetBotTimer(new BotId(2), 5, new Timestamp(900));
        time.SetBotTimer(new BotId(0), 1, new Timestamp(800));
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        time.Save(ref writer);

        EngineTime restored = new();
        List<(int, int, long)> fired = [];
        restored.BotTimerDue = (bot, number) => fired.Add((bot.Index, number, restored.Now.Nanos));
        StateReader reader = new(bytes.WrittenSpan);
        restored.Restore(ref reader);
        restored.AdvanceTo(new Timestamp(2000));
        fired.ShouldBe([(0, 1, 800L), (2, 5, 900L)]);
    }

    private sealed class TimerScript(List<string> log) : Harrier.Engine.Strategies.Strategy
    {
        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
            log.Add($"bar {Now.Nanos / 1_000_000_000}");
            if (log.Count == 1)
            {
                SetTimer(7, Now + TimeSpan.FromSeconds(30));
            }
        }

        protected override void OnTimer(int number) => log.Add($"timer {number} at {Now.Nanos / 1_000_000_000}");
    }
}

using Harrier.Domain;
using Harrier.Hosting.Bots;

namespace Harrier.Tests.Hosting.Bots;

/// <summary>The table of the engine states: what may follow what, and nothing else.</summary>
public sealed class BotLifecycleTests
{
    // The table as specified, in its own words.
    private static readonly Dictionary<string, string> _allowed = new(StringComparer.Ordinal)
    {
        ["Idle"] = "Initializing Scanning Stopped Error",
        ["Initializing"] = "Scanning Error Emergency Stopped",
        ["Scanning"] = "LevelBuilding Managing Paused Error Emergency Stopped",
        ["LevelBuilding"] = "SignalWait Scanning Error Emergency Stopped",
        ["SignalWait"] = "Sizing Managing Scanning Paused Error Emergency Stopped",
        ["Sizing"] = "Execution Scanning Error Emergency Stopped",
        ["Execution"] = "Managing Scanning Error Emergency Stopped",
        ["Managing"] = "Scanning Managing Paused Error Emergency Stopped",
        ["Paused"] = "Scanning Managing Idle Error Emergency Stopped",
        ["Error"] = "Scanning Managing Idle Emergency Stopped",
        ["Emergency"] = "Stopped Idle",
        ["Stopped"] = "Idle Initializing",
    };

    [Fact]
    public void After_EveryState_IsTheTable()
    {
        foreach (BotState state in Enum.GetValues<BotState>())
        {
            BotLifecycle.After(state).Select(static next => next.ToString()).ShouldBe(_allowed[state.ToString()].Split(' '), ignoreOrder: true, customMessage: state.ToString());
        }
    }

    [Fact]
    public void TryGo_NotAllowed_SaysWhatIsAndChangesNothing()
    {
        BotLifecycle life = new();

        life.TryGo(BotState.Managing, default, "by hand", out string? refusal).ShouldBeFalse();

        refusal.ShouldBe("a bot that is idle cannot become managing; it can become initializing, scanning, stopped, error");
        life.State.ShouldBe(BotState.Idle);
        life.History.ShouldBeEmpty();
    }

    [Fact]
    public void TryGo_Allowed_IsRememberedWithTimeAndReason()
    {
        BotLifecycle life = new();
        Timestamp time = new(5);

        life.TryGo(BotState.Scanning, time, "started", out string? refusal).ShouldBeTrue();

        refusal.ShouldBeNull();
        life.State.ShouldBe(BotState.Scanning);
        life.History.ShouldBe([new BotStep(BotState.Idle, BotState.Scanning, time, "started")]);
    }

    [Fact]
    public void History_AfterMoreThanAHundredSteps_KeepsTheLatestHundred()
    {
        BotLifecycle life = new();
        life.TryGo(BotState.Scanning, default, "started", out _);
        for (int i = 0; i < 200; i++)
        {
            life.TryGo(i % 2 == 0 ? BotState.Managing : BotState.Scanning, new Timestamp(i), "", out _).ShouldBeTrue();
        }

        life.History.Count.ShouldBe(100);
        life.History.First().Time.ShouldBe(new Timestamp(100));
    }
}

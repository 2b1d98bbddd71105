using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Explaining;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Explaining;

/// <summary>Moments of a recorded account: what is explained is what was in force then, in whichever session it lies.</summary>
public sealed class MomentReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Signals _said = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_BeforeAndAfterAHalt_TellsThemApart()
    {
        Record();
        MomentReader reader = new(new HomeReader(_folder.Path, AccountScenario.Reader));

        // Thirty minutes in, then forty: in between the operator halted, and a second session began.
        BotMoment before = Read(reader, 30);
        BotMoment after = Read(reader, 45);

        (before.Account, before.Bot, before.Condition, before.State).ShouldBe(("test", "one", BotCondition.Running, TradingState.Active));
        before.Entries.Select(static entry => entry.RefusedBy?.Rule).ShouldNotContain("halted");
        after.State.ShouldBe(TradingState.Halted);
        after.Entries.Select(static entry => entry.RefusedBy?.Rule).ShouldBe(["halted", "halted"]);
        after.Entries[0].RefusedBy!.Flip.ShouldBe("passes once the operator says so");

        // What is said to have been said is what was said.
        foreach ((BotMoment moment, int minute) in (IEnumerable<(BotMoment, int)>)[(before, 30), (after, 45)])
        {
            (Timestamp time, Signal signal) = _said.Seen.Last(one => one.Time <= At(minute));
            moment.Time.ShouldBe(At(minute));
            (moment.Signal!.Time, moment.Signal.Side, moment.Signal.Confidence).ShouldBe((time, signal.Side, signal.Confidence));
        }
    }

    [Fact]
    public void Read_WhereNothingIs_FindsNothing()
    {
        Record();
        MomentReader reader = new(new HomeReader(_folder.Path, AccountScenario.Reader));
        reader.Read("AAAUSDT", new Timestamp(0), null).ShouldBeEmpty();
        reader.Read("CCCUSDT", At(30), null).ShouldBeEmpty();
        reader.Read("AAAUSDT", At(30), "other").ShouldBeEmpty();
    }

    private static Timestamp At(int minute) => AccountScenario.Begin + TimeSpan.FromMinutes(minute);

    private static BotMoment Read(MomentReader reader, int minute) => reader.Read("AAAUSDT", At(minute), null).ShouldHaveSingleItem();

    private void Record()
    {
        AccountHome home = new(_folder.Path, AccountScenario.Plan());
        using TradingAccount account = home.Open(AccountScenario.Begin).Account;
        home.BeginSession(account);
        account.Engine.SignalObserver = _said;
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(60);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (i == 35 * 3)
            {
                account.Handle(new OperatorCommand(OperatorAction.Halt, default, OrderPurpose.Signal, account.Engine.Time.Now) { By = "ann" });
            }
            else if (i == 40 * 3)
            {
                home.BeginSession(account);
            }

            inputs[i](account);
        }
    }

    private sealed class Signals : ISignalObserver
    {
        public List<(Timestamp Time, Signal Signal)> Seen { get; } = [];

        public void OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta)
        {
            if (bot.Index == 0)
            {
                Seen.Add((time, signal));
            }
        }
    }
}

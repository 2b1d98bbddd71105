using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Strategies;

/// <summary>A strategy that throws or says what is no number: it alone is failed, its position stays protected, and it is made anew after pauses that grow (fault F78).</summary>
public sealed class StrategySupervisionTests
{
    [Fact]
    public void Throw_Unsupervised_EndsTheEngine() =>
        Should.Throw<InvalidOperationException>(() => Rig(isSupervised: false).Price(Fragile.ThrowsAt));

    [Theory]
    [InlineData(Fragile.ThrowsAt)]
    [InlineData(Fragile.EmitsNaNAt)]
    [InlineData(Fragile.SendsForeignAt)]
    public void Throw_Supervised_FailsTheStrategyAndKeepsTheStop(int price)
    {
        PositionRig rig = Rig();
        Asked(rig).Ask(Plan(rig)).IsSent.ShouldBeTrue();
        rig.Wait(TimeSpan.Zero);
        rig.Price(100);
        rig.Held.IsFlat.ShouldBeFalse();

        rig.Price(price);
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Failed);
        rig.Alerts.Select(static alert => alert.Kind).ShouldBe([AlertKind.StrategyFailed]);
        rig.Purposes.ShouldBe([OrderPurpose.StopLoss]);
        Asked(rig).Order(Buy(rig)).ShouldBeNull();
        rig.Engine.Denials[DenyRule.BotFailed].ShouldBe(1);

        // The stop closes the position while the strategy is not heard.
        rig.Price(59);
        rig.Trips.ShouldHaveSingleItem().ExitReason.ShouldBe(OrderPurpose.StopLoss);
    }

    [Fact]
    public void Failure_IsPausedLongerEachTime_AndMadeAnew()
    {
        PositionRig rig = Rig();
        rig.Price(Fragile.ThrowsAt);
        Strategy first = rig.Engine.Options.Bots[0].Strategy;
        rig.Wait(TimeSpan.FromSeconds(9.999));
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Failed);
        rig = rig.Reborn();
        rig.Wait(TimeSpan.FromMilliseconds(1));
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Running);
        Fragile.Last.ShouldNotBeSameAs(first);
        rig.Alerts.Select(static alert => alert.Kind).ShouldBe([AlertKind.StrategyRestarted]);

        rig.Price(Fragile.ThrowsAt);
        rig.Wait(TimeSpan.FromSeconds(19));
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Failed);
        rig.Wait(TimeSpan.FromSeconds(1));
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Running);

        // An hour without a failure, and the next pause is the first again.
        rig.Wait(TimeSpan.FromHours(1));
        rig.Price(Fragile.ThrowsAt);
        rig.Wait(TimeSpan.FromSeconds(10));
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Running);
    }

    [Fact]
    public void Failure_OfAPausedBot_LeavesItPaused()
    {
        PositionRig rig = Rig();
        rig.Operate(OperatorAction.PauseBot);
        rig.Price(Fragile.ThrowsAt);
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Failed);
        rig.Wait(TimeSpan.FromSeconds(10));
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Paused);
    }

    [Fact]
    public void Throw_InsideTheEngine_IsNotTakenForTheStrategys()
    {
        PositionRig rig = Rig();
        TradingEngine engine = new(
            rig.Engine.Options with { Bots = [rig.Engine.Options.Bots[0] with { Strategy = new Fragile() }] },
            new EngineSurroundings(new BrokenVenue()));
        engine.Process(new AccountReport(new BotId(0), new Money(100_000, new Asset("USDT")), default));
        Should.Throw<InvalidDataException>(() => engine.Process(new Bar
        {
            OpenTime = default,
            Open = rig.Instruments[0].ToTicks(Fragile.BuysAt),
            High = rig.Instruments[0].ToTicks(Fragile.BuysAt),
            Low = rig.Instruments[0].ToTicks(Fragile.BuysAt),
            Close = rig.Instruments[0].ToTicks(Fragile.BuysAt),
            Volume = 1,
            Spec = new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue),
            Instrument = rig.Instruments[0].Id,
        }));
    }

    [Fact]
    public void Fence_LeavesOutTheOneCall()
    {
        PositionRig rig = Rig();
        rig.Engine.BeginCalls(fence: 2);
        rig.Price(100);
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Running);
        rig.Price(100);
        rig.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Failed);
        Asked(rig).Heard.ShouldBe(2, "the bar of the rig, and the first of two");
        rig.Alerts.ShouldHaveSingleItem().Kind.ShouldBe(AlertKind.StrategyHung);
        rig.Engine.CurrentCall.ShouldBeNull();
    }

    [Fact]
    public void CurrentCall_WhileAStrategyIsBusy_NamesBotAndNumber()
    {
        PositionRig rig = Rig();
        rig.Engine.BeginCalls();
        StrategyCall? seen = null;
        Asked(rig).OnHeard = () => seen = rig.Engine.CurrentCall;
        rig.Price(100).Price(100);
        seen.ShouldBe(new StrategyCall(new BotId(0), 2));
        rig.Engine.CurrentCall.ShouldBeNull();
    }

    private static PositionRig Rig(bool isSupervised = true)
    {
        PositionRig rig = new(new PositionRigOptions
        {
            Rules = null,
            Sizing = new PositionSizing(SizingMethod.BaseAmount, 100),
            IsSupervised = isSupervised,
            Strategy = static () => new Fragile(),
        });
        rig.Deposit(100_000).Price(100);
        return rig;
    }

    private static Fragile Asked(PositionRig rig) => (Fragile)rig.Bot;

    private static OrderIntent Buy(PositionRig rig) => new()
    {
        Instrument = rig.Instruments[0].Id,
        Side = OrderSide.Buy,
        Type = OrderType.Market,
        Size = rig.Instruments[0].ToLots(1),
    };

    private static EntryPlan Plan(PositionRig rig) => new()
    {
        Instrument = rig.Instruments[0].Id,
        Side = OrderSide.Buy,
        Stop = rig.Instruments[0].ToTicks(60),
        Confidence = 1,
        Setup = "test",
        Confluence = "test",
    };

    /// <summary>Fails at certain prices.</summary>
    private sealed class Fragile : Strategy
    {
        public const int ThrowsAt = 101;
        public const int EmitsNaNAt = 102;
        public const int SendsForeignAt = 103;
        public const int BuysAt = 104;

        [ThreadStatic]
        private static Fragile? s_last;

        public Fragile() => s_last = this;

        public static Fragile? Last => s_last;

        public int Heard { get; private set; }

        public Action? OnHeard { get; set; }

        public EntryDecision Ask(in EntryPlan plan) => Enter(in plan);

        public ClientOrderId? Order(in OrderIntent intent) => Send(in intent);

        protected override void OnBar(in Bar bar, in Ohlcv values)
        {
            Heard++;
            OnHeard?.Invoke();
            switch (values.Close)
            {
                case ThrowsAt:
                    throw new InvalidOperationException("as it was told to");
                case EmitsNaNAt:
                    Emit(SignalSide.Buy, double.NaN);
                    break;
                case SendsForeignAt:
                    Send(new OrderIntent { Instrument = new InstrumentId(7), Side = OrderSide.Buy, Type = OrderType.Market, Size = new SizeLots(1) });
                    break;
                case BuysAt:
                    Buy(new SizeLots(100));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>A venue whose own code is broken.</summary>
    private sealed class BrokenVenue : IVenue
    {
        public void Submit(ApprovedOrder order) => throw new InvalidDataException("the venue is broken");

        public void Cancel(ClientOrderId order) => throw new InvalidDataException("the venue is broken");
    }
}

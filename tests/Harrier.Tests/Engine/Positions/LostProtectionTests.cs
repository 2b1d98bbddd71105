using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Positions;

/// <summary>What follows when a protective order is lost, refused or canceled, step by step with a venue that answers only what a test says.</summary>
public sealed class LostProtectionTests
{
    private readonly List<EngineAlert> _alerts = [];
    private readonly RecordingVenue _venue = new();
    private Action<Trader>? _next;
    private long _trades;
    private long _seconds = 1_000;

    private TradingEngine Engine => field ??= Make(Settings);

    private ProtectionSettings Settings { get; set; } = new() { StopLoss = 0.1m };

    private InstrumentKind Kind { get; set; } = InstrumentKind.LinearPerpetual;

    private string Sent => string.Join(", ", _venue.Submitted.Select(o => $"{o.Intent.Side} {o.Intent.Type} {o.Intent.Size.Value}"));

    private IEnumerable<AlertKind> Alerts => _alerts.Select(a => a.Kind);

    [Fact]
    public void StopCanceledByOthers_IsPlacedAgainAndEntriesWaitForIt()
    {
        Enter();
        Say(1, ExecutionKind.Canceled);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Stop 10");
        Alerts.ShouldBe([AlertKind.ProtectionReplaced]);

        Do(t => t.Want(OrderSide.Buy, 1));
        Engine.Denials[DenyRule.Unprotected].ShouldBe(1);
        Do(t => t.Want(OrderSide.Sell, 4));
        _venue.Submitted.Count.ShouldBe(4, "what makes the position smaller is no entry");
        Say(2, ExecutionKind.Accepted);
        Do(t => t.Want(OrderSide.Buy, 1));
        _venue.Submitted.Count.ShouldBe(5);
    }

    [Fact]
    public void StopCanceledByOthers_AgainAndAgain_EndsInOneExit()
    {
        Enter();
        for (int loss = 1; loss <= 4; loss++)
        {
            Say(loss, ExecutionKind.Canceled);
        }

        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Stop 10, Sell Stop 10, Sell Stop 10, Sell Market 10");
        Alerts.ShouldBe([AlertKind.ProtectionReplaced, AlertKind.ProtectionReplaced, AlertKind.ProtectionReplaced, AlertKind.ExitInsteadOfStop]);
    }

    [Fact]
    public void StopCanceledByOthers_OnceAnHour_IsPlacedAgainEachTime()
    {
        Enter();
        for (int loss = 1; loss <= 6; loss++)
        {
            _seconds += 3_600;
            Say(loss, ExecutionKind.Canceled);
        }

        Alerts.ShouldBe(Enumerable.Repeat(AlertKind.ProtectionReplaced, 6));
    }

    [Fact]
    public void StopCanceledByOthers_LeftToTheOwner_StaysAwayUntilThePositionIsFlat()
    {
        Settings = Settings with { WhenCanceled = CanceledProtection.LeaveToOwner };
        Enter();
        Say(1, ExecutionKind.Canceled);
        Do(t => t.Want(OrderSide.Buy, 5));
        Fill(2, 5);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Buy Market 5");
        Alerts.ShouldBe([AlertKind.ProtectionLeft]);

        Do(t => t.Leave());
        Fill(3, 15);
        Enter(4);
        Sent.ShouldEndWith("Sell Market 15, Buy Market 10, Sell Stop 10");
    }

    [Fact]
    public void StopCanceledByTheBot_StaysCanceled()
    {
        Enter();
        Do(t => t.Drop());
        Say(1, ExecutionKind.Canceled);
        _venue.Submitted.Count.ShouldBe(2);
        Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void StopRefused_IsAnExitAtOnce_AndExitRefusedIsTriedFourTimesAndThenToldOnce()
    {
        Enter();
        Say(1, ExecutionKind.Rejected, RejectReason.WouldTrigger);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Market 10");
        _venue.Submitted[2].Intent.ReduceOnly.ShouldBeTrue();
        for (int i = 2; i < _venue.Submitted.Count; i++)
        {
            Say(i, ExecutionKind.Rejected, RejectReason.Throttled);
        }

        _venue.Submitted.Count(o => o.Intent.Type == OrderType.Market && o.Intent.ReduceOnly).ShouldBe(4);
        Alerts.Count(a => a == AlertKind.Unprotected).ShouldBe(1);
        Alerts.Last().ShouldBe(AlertKind.Unprotected);
    }

    [Fact]
    public void ExitOfWhatIsGone_EndsWithItsRefusal()
    {
        Enter();
        Do(t => t.Leave());
        Say(1, ExecutionKind.Canceled);
        Say(2, ExecutionKind.Rejected, RejectReason.NothingToReduce);
        Say(3, ExecutionKind.Rejected, RejectReason.NothingToReduce);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Market 10, Sell Stop 10");
        Do(t => t.Want(OrderSide.Sell, 1));
        _venue.Submitted.Count.ShouldBe(5, "nothing is blocked by a stop that cannot come");
    }

    [Fact]
    public void SpotExit_FreesTheCoinsOfTheStopFirst_AndItsFailureBringsTheStopBack()
    {
        Kind = InstrumentKind.Spot;
        Enter();
        Do(t => t.Leave());
        _venue.Canceled.ShouldBe([_venue.Submitted[1].Id]);
        Sent.ShouldEndWith("Sell Market 10");
        Say(1, ExecutionKind.Canceled);
        _venue.Submitted.Count.ShouldBe(3, "we asked for that cancel");
        Say(2, ExecutionKind.Rejected, RejectReason.InsufficientBalance);
        Sent.ShouldEndWith("Sell Market 10, Sell Stop 10");
    }

    [Fact]
    public void SpotFeeInCoins_StopAndExitSellWhatIsOwned_AndTheRestIsDust()
    {
        Kind = InstrumentKind.Spot;
        Enter(0, feeInBase: 0.0005m);
        Sent.ShouldBe("Buy Market 10, Sell Stop 9");
        Do(t => t.Leave());
        Fill(2, 9);
        Engine.Portfolio.Position(default, default).ShouldSatisfyAllConditions(p => p.IsFlat.ShouldBeTrue(), p => p.Dust.ShouldBe(new SizeLots(1)));
        EngineAlert dust = _alerts.ShouldHaveSingleItem();
        (dust.Kind, dust.Size).ShouldBe((AlertKind.DustLeft, new SizeLots(1)));

        // 0.010 bought at 100 and 0.009 sold at 100; 0.001 at the mark of 100; the fee of 0.0005 coins is worth 0.05.
        RoundTrip trip = Engine.Portfolio.RoundTrips.ShouldHaveSingleItem();
        (trip.Quantity, trip.Pnl).ShouldBe((0.010m, -0.05m));
        Do(t => t.Leave());
        _venue.Submitted.Count.ShouldBe(3);
    }

    [Fact]
    public void SpotPositionWorthTooLittle_IsWrittenOffInPlaceOfAnExit()
    {
        Kind = InstrumentKind.Spot;
        Settings = new ProtectionSettings();
        Enter();
        Trade(9);
        Do(t => t.Leave(), 9);
        Do(t => t.Leave(), 9);
        _venue.Submitted.Count.ShouldBe(1, "0.010 at 9 is worth less than the venue takes");
        Alerts.ShouldBe([AlertKind.DustLeft]);
    }

    [Fact]
    public void StopAndExit_ThatBothFill_LeaveNothing_AndSaySo()
    {
        Enter();
        Do(t => t.Leave());
        Fill(1, 10);
        Fill(2, 10);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Market 10, Buy Market 10");
        _venue.Submitted[3].Intent.ShouldSatisfyAllConditions(i => i.ReduceOnly.ShouldBeTrue(), i => i.Purpose.ShouldBe(OrderPurpose.Overshoot));
        EngineAlert told = _alerts.ShouldHaveSingleItem();
        (told.Kind, told.Size).ShouldBe((AlertKind.ExitOvershot, new SizeLots(-10)));
        Fill(3, 10);
        Engine.Portfolio.Position(default, default).IsFlat.ShouldBeTrue();
        Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void StopAndExit_ThatBothFillInParts_TakeBackWhatIsBeyondEachTime()
    {
        Enter();
        Do(t => t.Leave());
        Fill(1, 4);
        Fill(2, 7);
        Fill(1, 6);
        Fill(2, 3);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Market 10, Buy Market 1, Buy Market 6, Buy Market 3");
        Fill(3, 1);
        Fill(4, 6);
        Fill(5, 3);
        Engine.Portfolio.Position(default, default).IsFlat.ShouldBeTrue();
        Engine.Orders.Working.ShouldBeEmpty();
    }

    [Fact]
    public void LateStop_OfAPositionThatWasReversed_LeavesTheNewOneWithItsStop()
    {
        Enter();
        Do(t => t.Leave());
        Fill(2, 10);
        Do(t => t.Want(OrderSide.Sell, 8));
        Fill(3, 8);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Market 10, Sell Market 8, Buy Stop 8");
        Fill(1, 10);
        Sent.ShouldEndWith("Buy Stop 8, Buy Market 10");
        Fill(5, 10);
        Engine.Portfolio.Position(default, default).Size.ShouldBe(new SizeLots(-8));
        Engine.Orders.Working.ShouldHaveSingleItem().Intent.ShouldSatisfyAllConditions(i => i.Type.ShouldBe(OrderType.Stop), i => i.Size.ShouldBe(new SizeLots(8)));
    }

    [Fact]
    public void PanicWhileAStopFills_EndsFlat_WithOneOrderThatTakesBack()
    {
        Enter();
        Engine.Process(new OperatorCommand(OperatorAction.Flatten, default, OrderPurpose.Panic, At()));
        Fill(1, 10);
        Fill(2, 10);
        Sent.ShouldBe("Buy Market 10, Sell Stop 10, Sell Market 10, Buy Market 10");
        _seconds += 60;
        Trade(100);
        _venue.Submitted.Count.ShouldBe(4, "what takes it back is on its way");
        Fill(3, 10);
        Engine.Portfolio.Position(default, default).IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void TakingBack_ThatTheVenueRefuses_LeavesAProtectedPosition_AndSaysSo()
    {
        Enter();
        Do(t => t.Leave());
        Fill(1, 10);
        Fill(2, 10);
        Say(3, ExecutionKind.Rejected, RejectReason.InsufficientBalance);
        Sent.ShouldEndWith("Buy Market 10, Buy Stop 10");
        Alerts.ShouldBe([AlertKind.ExitOvershot, AlertKind.ProtectionReplaced, AlertKind.Unprotected]);
    }

    [Fact]
    public void State_WithALostStop_IsRestoredBitEqual()
    {
        Enter();
        Say(1, ExecutionKind.Canceled);
        byte[] state = Engine.Save();
        LostProtectionTests second = new();
        second.Engine.Restore(state);
        second.Engine.StateHash().ShouldBe(Engine.StateHash());
        second.Engine.Alerts[AlertKind.ProtectionReplaced].ShouldBe(1);
        second._seconds = _seconds;
        second.Do(t => t.Want(OrderSide.Buy, 1));
        second.Engine.Denials[DenyRule.Unprotected].ShouldBe(1);
    }

    private TradingEngine Make(ProtectionSettings protection)
    {
        Instrument instrument = new(default, new InstrumentDefinition
        {
            Venue = new VenueId("sim-test"),
            Symbol = "BTCUSDT",
            Kind = Kind,
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 1m,
            LotSize = 0.001m,
            MinNotional = 0.1m,
        });
        TradingEngine engine = new(
            new EngineOptions
            {
                Account = new AccountId("test"),
                Run = 1,
                Instruments = [instrument],
                Numeraire = new Asset("USDT"),
                Bots = [new BotDefinition { Strategy = new Trader(this), Instruments = [default], Protection = protection }],
            },
            new EngineSurroundings(_venue) { Alerts = _alerts.Add });
        engine.Process(new AccountReport(default, new Money(1_000m, new Asset("USDT")), At()));
        return engine;
    }

    private void Enter(int submitted = 0, decimal feeInBase = 0)
    {
        Do(t => t.Want(OrderSide.Buy, 10));
        Fill(submitted, 10, feeInBase);
    }

    private void Do(Action<Trader> action, long price = 100)
    {
        _next = action;
        Trade(price);
    }

    private void Trade(long price) => Engine.Process(new MarketEvent
    {
        ExchangeTime = At(),
        ReceivedTime = At(),
        Price = new PriceTicks(price),
        Size = new SizeLots(1),
        Instrument = default,
        Kind = MarketEventKind.Trade,
    });

    private void Say(int submitted, ExecutionKind kind, RejectReason reason = RejectReason.None) =>
        Engine.Process(new ExecutionReport { Kind = kind, Order = _venue.Submitted[submitted].Id, Reason = reason, Time = At(), ReceivedTime = At() });

    private void Fill(int submitted, long lots, decimal feeInBase = 0) => Engine.Process(new ExecutionReport
    {
        Kind = ExecutionKind.Filled,
        Order = _venue.Submitted[submitted].Id,
        TradeId = ++_trades,
        Price = new PriceTicks(100),
        Size = new SizeLots(lots),
        Fee = feeInBase,
        FeeAsset = new Asset(feeInBase == 0 ? "USDT" : "BTC"),
        Time = At(),
        ReceivedTime = At(),
    });

    private Timestamp At() => Timestamp.FromUnixMilliseconds(_seconds * 1_000);

    private sealed class Trader(LostProtectionTests test) : Strategy
    {
        public void Want(OrderSide side, long lots) => Send(new OrderIntent { Instrument = Instrument.Id, Side = side, Type = OrderType.Market, Size = new SizeLots(lots) });

        public void Leave() => Emit(SignalSide.Exit, 1);

        public void Drop() => CancelAll();

        protected override void OnTrade(in MarketEvent trade)
        {
            Action<Trader>? next = test._next;
            test._next = null;
            next?.Invoke(this);
        }
    }
}

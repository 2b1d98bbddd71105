using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Risk;

/// <summary>Every rule refuses with value and limit; exits pass where entries do not.</summary>
public sealed class RiskGateTests
{
    private static readonly (decimal, decimal, decimal, decimal, double) Bar = (100, 100, 100, 100, 1e6);

    [Fact]
    public void Buy_BeyondTheBalance_IsDeniedWithCostAndBalance()
    {
        DenyReason reason = Denied(new BacktestScenario { Balance = 1000 }, s => s.Order(OrderSide.Buy, 11));
        reason.ShouldBe(new DenyReason(DenyRule.InsufficientBalance, 1100m, 1000m));
    }

    [Fact]
    public void Buys_TogetherBeyondTheBalance_AreDeniedByWhatTheFirstHolds()
    {
        DenyReason reason = Denied(new BacktestScenario { Balance = 1000 }, s =>
        {
            s.Order(OrderSide.Buy, 6, OrderType.Limit, 100);
            s.Order(OrderSide.Buy, 6, OrderType.Limit, 100);
        });
        reason.ShouldBe(new DenyReason(DenyRule.InsufficientBalance, 600m, 400m));
    }

    [Fact]
    public void Buy_CountsTheTakerFee()
    {
        BacktestScenario run = new() { Balance = 1000, Fills = BacktestScenario.Free with { TakerFeeRate = 0.01m } };
        Denied(run, s => s.Order(OrderSide.Buy, 10)).ShouldBe(new DenyReason(DenyRule.InsufficientBalance, 1010m, 1000m));
    }

    [Fact]
    public void Sell_OfWhatIsNotHeldOnSpot_IsDenied() =>
        Denied(new BacktestScenario(), s => s.Order(OrderSide.Sell, 3)).ShouldBe(new DenyReason(DenyRule.ShortSale, 3m, 0m));

    [Fact]
    public void Order_BelowMinNotional_IsDenied() =>
        Denied(new BacktestScenario { MinNotional = 500 }, s => s.Order(OrderSide.Buy, 4)).ShouldBe(new DenyReason(DenyRule.MinNotional, 400m, 500m));

    [Fact]
    public void Order_WithoutSize_IsDenied() =>
        Denied(new BacktestScenario(), s => s.Order(OrderSide.Buy, 0)).ShouldBe(new DenyReason(DenyRule.MinQuantity, 0m, 1m));

    [Fact]
    public void ReduceOnly_WithoutPosition_IsDenied() =>
        Denied(new BacktestScenario(), s => s.Order(OrderSide.Sell, 2, also: o => o with { ReduceOnly = true })).Rule.ShouldBe(DenyRule.ReduceOnly);

    [Fact]
    public void HedgeModeSide_IsDenied() =>
        Denied(new BacktestScenario(), s => s.Order(OrderSide.Buy, 2, also: o => o with { PositionSide = PositionSide.Long })).Rule.ShouldBe(DenyRule.HedgeMode);

    [Fact]
    public void LimitOrder_WithoutLimit_IsDenied() =>
        Denied(new BacktestScenario(), s => s.Order(OrderSide.Buy, 2, OrderType.Limit)).Rule.ShouldBe(DenyRule.Malformed);

    [Fact]
    public void PositionBeyondItsLimit_IsDenied()
    {
        BacktestScenario run = new() { Limits = new RiskLimits { MaxPositionNotional = 350, TakerFeeRate = 0 } };
        Denied(run, s => s.Order(OrderSide.Buy, 4)).ShouldBe(new DenyReason(DenyRule.MaxPositionNotional, 400m, 350m));
    }

    [Fact]
    public void TooManyWorkingOrders_AreDenied()
    {
        BacktestScenario run = new() { Limits = new RiskLimits { MaxWorkingOrders = 2, TakerFeeRate = 0 } };
        Denied(run, s =>
        {
            for (int i = 0; i < 3; i++)
            {
                s.Order(OrderSide.Buy, 1, OrderType.Limit, 50);
            }
        }).ShouldBe(new DenyReason(DenyRule.MaxWorkingOrders, 2m, 2m));
    }

    [Fact]
    public void Contract_BeyondTheMargin_IsDenied()
    {
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual, Balance = 100, Fills = BacktestScenario.Free with { Leverage = 5 } };
        Denied(run, s => s.Order(OrderSide.Sell, 6)).ShouldBe(new DenyReason(DenyRule.InsufficientBalance, 120m, 100m));
    }

    [Fact]
    public void MarginThatDoesNotDivide_IsLockedToTwelveDecimals_AndLeavesNothingBehind()
    {
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual, Balance = 100, Fills = BacktestScenario.Free with { Leverage = 3 } };
        run.Run([Bar, Bar], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 1);
                run.Engine.Portfolio.Ledger.Balance(new BotId(0), LedgerAccount.Locked, 0).ShouldBe(33.333333333333m);
            }
        });
        run.Engine.Portfolio.Ledger.Balance(new BotId(0), LedgerAccount.Free, 0).ShouldBe(100m);
    }

    [Theory]
    [InlineData(DenyRule.Halted)]
    [InlineData(DenyRule.PictureLost)]
    [InlineData(DenyRule.StaleMarket)]
    [InlineData(DenyRule.EngineLagging)]
    public void EntryIsDenied_AndExitPasses(DenyRule rule)
    {
        List<DenyReason> denied = [];
        BacktestScenario run = new();
        Hearing strategy = new(denied, (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 5);
            }
        });
        run.Prepare([Bar, Bar, Bar, Bar], strategy);
        run.Loop.Play(2);
        Trouble(run, rule);
        strategy.Order(OrderSide.Buy, 1);
        denied.ShouldHaveSingleItem().Rule.ShouldBe(rule);
        strategy.Order(OrderSide.Sell, 5, also: o => o with { ReduceOnly = true }).ShouldNotBeNull();
        run.Loop.Play(1);
        run.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0)).IsFlat.ShouldBeTrue();
    }

    [Fact]
    public void Resume_LetsEntriesPassAgain()
    {
        List<DenyReason> denied = [];
        BacktestScenario run = new();
        Hearing strategy = new(denied, (_, _) => { });
        run.Prepare([Bar, Bar], strategy);
        run.Loop.Play(1);
        Trouble(run, DenyRule.Halted);
        run.Engine.Process(new OperatorCommand(OperatorAction.Resume, default, default, run.Loop.LastClose));
        strategy.Order(OrderSide.Buy, 1).ShouldNotBeNull();
        denied.ShouldBeEmpty();
    }

    [Fact]
    public void PictureSound_EndsTheLostPictureAndNoHalt()
    {
        List<DenyReason> denied = [];
        BacktestScenario run = new();
        Hearing strategy = new(denied, (_, _) => { });
        run.Prepare([Bar, Bar], strategy);
        run.Loop.Play(1);
        Trouble(run, DenyRule.PictureLost);
        run.Engine.Risk.State.ShouldBe(TradingState.Reducing);
        Trouble(run, DenyRule.Halted);
        run.Engine.Process(new OperatorCommand(OperatorAction.PictureSound, default, default, run.Loop.LastClose));
        run.Engine.Risk.State.ShouldBe(TradingState.Halted);
        strategy.Order(OrderSide.Buy, 1);
        denied.ShouldHaveSingleItem().Rule.ShouldBe(DenyRule.Halted);
        run.Engine.Process(new OperatorCommand(OperatorAction.Resume, default, default, run.Loop.LastClose));
        strategy.Order(OrderSide.Buy, 1).ShouldNotBeNull();
    }

    [Fact]
    public void CancelEntries_LeavesStopsAndPositions()
    {
        BacktestScenario run = new();
        ClientOrderId entry = default;
        run.Run([Bar, Bar, Bar, Bar], (s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 2);
            }
            else if (i == 1)
            {
                s.Order(OrderSide.Sell, 2, OrderType.Limit, 500, also: o => o with { ReduceOnly = true }).ShouldNotBeNull();
                entry = s.Order(OrderSide.Buy, 1, OrderType.Limit, 10)!.Value;
                run.Engine.Process(new OperatorCommand(OperatorAction.CancelEntries, default, default, run.Loop.LastClose));
            }
        });
        run.Engine.Orders.Find(entry).ShouldBeNull();
        run.Engine.Orders.Working.ShouldHaveSingleItem().Intent.ReduceOnly.ShouldBeTrue();
        run.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0)).Size.Value.ShouldBe(2);
    }

    [Fact]
    public void LockedFunds_AreFreeAgainAfterCancel()
    {
        BacktestScenario run = new() { Balance = 1000 };
        ClientOrderId id = default;
        run.Run([Bar, Bar], (s, i) =>
        {
            if (i == 0)
            {
                id = s.Order(OrderSide.Buy, 4, OrderType.Limit, 50)!.Value;
                run.Engine.Portfolio.Ledger.Balance(new BotId(0), LedgerAccount.Locked, 0).ShouldBe(200m);
            }
            else
            {
                s.Drop(id);
            }
        });
        run.Engine.Portfolio.Ledger.Balance(new BotId(0), LedgerAccount.Locked, 0).ShouldBe(0m);
        run.Engine.Portfolio.Ledger.Balance(new BotId(0), LedgerAccount.Free, 0).ShouldBe(1000m);
    }

    private static void Trouble(BacktestScenario run, DenyRule rule)
    {
        Timestamp now = run.Loop.LastClose;
        switch (rule)
        {
            case DenyRule.Halted:
                run.Engine.Process(new OperatorCommand(OperatorAction.Halt, default, default, now));
                break;
            case DenyRule.PictureLost:
                run.Engine.Process(new OperatorCommand(OperatorAction.PictureLost, default, default, now));
                break;
            case DenyRule.StaleMarket:
                run.Engine.Process(new FeedFault(new InstrumentId(0), now));
                break;
            default:
                run.Engine.Process(new Heartbeat(now, TimeSpan.FromSeconds(5)));
                break;
        }
    }

    private static DenyReason Denied(BacktestScenario run, Action<BacktestScenario.Script> act)
    {
        run.Run([Bar, Bar], (s, i) =>
        {
            if (i == 0)
            {
                act(s);
            }
        });
        return run.OrderEvents.Where(e => e.Kind == OrderEventKind.Denied).ShouldHaveSingleItem().Denied;
    }

    /// <summary>Acts at once when the test tells it to, and hears what is denied.</summary>
    private sealed class Hearing(List<DenyReason> denied, Action<BacktestScenario.Script, int> onBar) : BacktestScenario.Script(onBar)
    {
        protected override void OnOrder(in OrderEvent orderEvent)
        {
            if (orderEvent.Kind == OrderEventKind.Denied)
            {
                denied.Add(orderEvent.Denied);
            }
        }
    }
}

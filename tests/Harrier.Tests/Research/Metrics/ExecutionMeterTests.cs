using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Research.Replays;
using Harrier.Simulation.Books;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Metrics;

/// <summary>How well orders are filled, by hand: 5 at 101 and 7 at 102 are asked, 10 at 99 are bid; orders take 5 ms to the venue.</summary>
public sealed class ExecutionMeterTests
{
    [Fact]
    public void Run_LimitMarketAndStop_MeasuresEachAgainstItsOwnPrice()
    {
        TapeScenario tape = new TapeScenario().UsualBook(1).Trade(10, OrderSide.Buy, 100, 1).Trade(20, OrderSide.Buy, 100, 1).Trade(30, OrderSide.Buy, 100, 1)
            .Trade(40, OrderSide.Sell, 96, 1).Trade(2000, OrderSide.Buy, 100, 1);

        // A limit at 101 for 10 takes 5 there and gets one more from the seller of 40 ms: nothing lost. A market order for 3, decided at 100, pays 102: 6 lost. A stop at 97 for 2 wakes by the trade at 96
        // and sells to the bid at 99: 4 gained; it waits for its trigger, so that fill ratio and time to fill are of the other two. What is left is closed out, which counts nowhere.
        ExecutionQuality quality = Run(tape, [(10, OrderType.Limit, OrderSide.Buy, 10, 101), (20, OrderType.Market, OrderSide.Buy, 3, 0), (30, OrderType.Stop, OrderSide.Sell, 2, 97)]);
        quality.Orders.ShouldBe(2);
        quality.FillRatio!.Value.ShouldBe((606 + 300) / (1010.0 + 300), 1e-12);
        quality.SlippageCost.ShouldBe(6 - 4);
        quality.SlippageBps!.Value.ShouldBe(2 / (606.0 + 300 + 194) * 1e4, 1e-9);
        quality.MillisecondsToFill!.Value.ShouldBe(((505 * 5) + (101 * 30) + (300 * 5)) / 906.0, 1e-9);
    }

    [Fact]
    public void Run_WithoutOrders_IsUndefined() =>
        Run(new TapeScenario().UsualBook(1).Trade(2000, OrderSide.Buy, 100, 1), []).ShouldBe(new ExecutionQuality());

    private static ExecutionQuality Run(TapeScenario tape, (int At, OrderType Type, OrderSide Side, long Lots, long Price)[] orders)
    {
        TapeSurvey survey = TapeSurvey.Of(tape.Tape, new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated));
        BacktestSettings settings = new() { StrategyKey = "TEST", Parameters = [], CreateStrategy = () => new Sender(orders), Fills = BacktestScenario.Free, InitialBalance = 100_000, RunChecks = false };
        ConstantLatency latency = new(5);
        return ReplayRunner.Run(settings, new ReplayInput
        {
            Tape = tape.Tape,
            Settings = new ReplaySettings { Fills = new BookFillOptions { Entry = latency, Response = latency } },
            Bars = new BacktestInput { Series = survey.Series, DataHash = survey.DataHash },
            Events = survey.Events,
            From = survey.First,
        }).Execution;
    }

    private sealed class Sender((int At, OrderType Type, OrderSide Side, long Lots, long Price)[] orders) : Strategy
    {
        private int _sent;

        protected override void OnTrade(in MarketEvent trade)
        {
            for (; _sent < orders.Length && TapeScenario.At(orders[_sent].At) <= Now; _sent++)
            {
                (_, OrderType type, OrderSide side, long lots, long price) = orders[_sent];
                Send(new OrderIntent
                {
                    Instrument = Instrument.Id,
                    Type = type,
                    Side = side,
                    Size = new SizeLots(lots),
                    Limit = type == OrderType.Limit ? new PriceTicks(price) : default,
                    Trigger = type == OrderType.Stop ? new PriceTicks(price) : default,
                });
            }
        }
    }
}

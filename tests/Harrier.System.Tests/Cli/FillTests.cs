using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>Orders of the benchmark (no plan) and of a user's strategy on a few bars, small enough to know by hand what must happen. No fees, no slippage.</summary>
public sealed class FillTests : IDisposable
{
    private const string Orders = """
        using Harrier.Domain;
        using Harrier.Engine;
        using Harrier.Engine.Execution;
        using Harrier.Engine.Strategies;
        using Harrier.Features;

        public enum Plan { Gap, Ioc, StopLimit, Trail }

        public sealed record OrdersSettings
        {
            [StrategyParameter("what to send")]
            public Plan Plan { get; init; }
        }

        [StrategyKey("ORDERS", "sends one order of a kind after the first bar")]
        public sealed class Orders : Strategy
        {
            private readonly OrdersSettings _settings;
            private int _bars;

            public Orders(OrdersSettings settings) => _settings = settings;

            protected override void OnBar(in Bar bar, in Ohlcv values)
            {
                _bars++;
                if (_settings.Plan == Plan.Trail && _bars == 2)
                {
                    Send(new OrderIntent { Instrument = Instrument.Id, Side = OrderSide.Sell, Type = OrderType.TrailingStop, Size = new SizeLots(1000), TrailingDistance = 200, ReduceOnly = true });
                }

                if (_bars != 1)
                {
                    return;
                }

                switch (_settings.Plan)
                {
                    case Plan.Gap: Send(Order(OrderType.Limit, 1000, 98_00)); break;
                    case Plan.Ioc: Send(Order(OrderType.Limit, 1000, 100_00) with { TimeInForce = TimeInForce.ImmediateOrCancel }); break;
                    case Plan.StopLimit: Send(Order(OrderType.StopLimit, 1000, 103_00) with { Trigger = new PriceTicks(102_00) }); break;
                    default: Send(Order(OrderType.Market, 1000, 0)); break;
                }
            }

            protected override void SaveState(ref StateWriter writer) => writer.Write(_bars);

            protected override void RestoreState(ref StateReader reader) => _bars = reader.ReadInt32();

            private OrderIntent Order(OrderType type, long lots, long limit) => new()
            {
                Instrument = Instrument.Id,
                Side = OrderSide.Buy,
                Type = type,
                Size = new SizeLots(lots),
                Limit = new PriceTicks(limit),
            };
        }
        """;

    private static readonly HandMadeBar Flat = new(100, 101, 99, 100);

    private readonly HarrierProgram _program = new();

    public FillTests() => _program.Write("Orders.cs", Orders);

    public static TheoryData<string?, HandMadeBar[], string, string[]> Cases => new()
    {
        { null, [new(100, 106, 94, 102)], "100,97,1,stop_loss", ["--stop-loss", "0.03", "--take-profit", "0.05"] },
        { null, [Flat, new(100, 106, 98, 102)], "100,105,1,take_profit", ["--stop-loss", "0.03", "--take-profit", "0.05"] },
        { null, [Flat, new(90, 109, 89, 100)], "100,90,1,stop_loss", ["--stop-loss", "0.03", "--take-profit", "0.05"] },
        { null, [Flat, new(108, 109, 90, 95)], "100,108,1,take_profit", ["--stop-loss", "0.03", "--take-profit", "0.05"] },
        { null, [Flat, new(100, 105, 99, 100)], "100,100,1,end_of_data", ["--take-profit", "0.05"] },
        { null, [new(100, 101, 99, 100, 0), new(103, 104, 102, 103)], "103,103,1,end_of_data", [] },
        { null, [new(100, 101, 99, 100, 2), new(101, 102, 100, 101, 2), new(101, 111, 100, 110)], "100.5,110,1,end_of_data", [] },
        { null, [Flat, Flat], "", ["--min-notional", "101"] },
        { "gap", [new(95, 96, 94, 95)], "95,95,1,end_of_data", [] },
        { "ioc", [new(100, 101, 99, 100, 2), Flat], "100,100,0.5,end_of_data", [] },
        { "stop_limit", [new(105, 106, 104, 105), new(104, 106, 102.5m, 103)], "103,103,1,end_of_data", [] },
        { "trail", [Flat, new(100, 106, 99, 105), new(105, 105.5m, 103, 103)], "100,104,1,signal", [] },
    };

    public void Dispose() => _program.Dispose();

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task Backtest_HandMadeBars_TradesAsExpectedByHand(string? plan, HandMadeBar[] bars, string expected, string[] options)
    {
        _program.Write("BTCUSDT-1m.csv", HandMadeBars.Csv([Flat, .. bars]));
        string[] strategy = plan is null ? ["--strategy", "BUY_AND_HOLD"] : ["--strategy-file", "Orders.cs", "--param", $"plan={plan}"];

        Outcome run = await _program.RunAsync([
            "backtest", .. strategy, "--data", "BTCUSDT-1m.csv", "--out", "out", "--interval", "1m", "--size", "base:1",
            "--tick", "0.01", "--lot", "0.001", "--slippage-bps", "0", "--taker-fee-bps", "0", "--maker-fee-bps", "0", .. options]);

        run.Code.ShouldBe(0, run.Errors);
        string[] trades = [.. _program.Read("out/trades.csv").TrimEnd('\n').Split('\n').Skip(1).Select(Shown)];
        trades.ShouldBe(expected.Length == 0 ? [] : [expected]);
    }

    // Entry price, exit price, quantity and reason of a row.
    private static string Shown(string row)
    {
        string[] cells = row.Split(',');
        return string.Join(',', cells[5], cells[6], cells[7], cells[11]);
    }
}

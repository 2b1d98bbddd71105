using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;
using Harrier.Simulation.Randomness;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Replays;

/// <summary>Tapes of a wandering book and trades that fit it, and a strategy that sends orders of all kinds.</summary>
internal static class RandomTapes
{
    /// <summary>A perpetual with fees and leverage, so that all of the money is at work.</summary>
    public static BacktestScenario Perpetual { get; } = new()
    {
        Kind = InstrumentKind.LinearPerpetual,
        Fills = new FillOptions { MakerFeeRate = 0.0002m, TakerFeeRate = 0.0005m, Leverage = 3 },
        Balance = 50_000,
    };

    /// <summary>Seeded: trades at the touch or through it, levels that come, go and shrink; received up to 40 ms after they happened.</summary>
    public static TapeScenario Make(int seed, int steps, BookFillOptions? fills = null)
    {
        RandomStream random = new(seed);
        TapeScenario tape = new()
        {
            Terms = Perpetual,
            Fills = fills ?? new BookFillOptions { Entry = new LogNormalLatency(8), Response = new LogNormalLatency(8) },
            Bars = new BarSpec(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated),
        };
        long bid = 999;
        tape.Snapshot(1, [.. Levels(bid, -1)], [.. Levels(bid + 2, 1)]);
        for (int i = 1; i <= steps; i++)
        {
            int at = 10 * i;
            int received = at + random.NextInt32(40);
            bid += random.NextInt32(20) == 0 ? random.NextInt32(3) - 1 : 0;
            switch (random.NextInt32(6))
            {
                case 0:
                    tape.Trade(at, OrderSide.Sell, bid - random.NextInt32(2), 1 + random.NextInt32(30), received);
                    break;
                case 1:
                    tape.Trade(at, OrderSide.Buy, bid + 2 + random.NextInt32(2), 1 + random.NextInt32(30), received);
                    break;
                case 2 when i % 50 == 0:
                    tape.Snapshot(at, [.. Levels(bid, -1)], [.. Levels(bid + 2, 1)], received);
                    break;
                case 3:
                    tape.Ask(at, bid + 2 + random.NextInt32(5), random.NextInt32(60), received);
                    break;
                default:
                    tape.Bid(at, bid - random.NextInt32(5), random.NextInt32(60), received);
                    break;
            }
        }

        return tape;
    }

    private static IEnumerable<(long, long)> Levels(long best, int step) => Enumerable.Range(0, 8).Select(i => (best + (i * step), 10L + (7 * i)));

    /// <summary>Sends an order of a random kind about once in eight events, and cancels now and then.</summary>
    internal sealed class Trader(int seed) : Strategy
    {
        private readonly RandomStream _random = new(seed, 5);
        private ClientOrderId _last;

        public List<Fill> Fills { get; } = [];

        protected override void OnTrade(in MarketEvent trade) => Act(trade.Price.Value);

        protected override void OnFill(in Fill fill) => Fills.Add(fill);

        protected override void SaveState(ref StateWriter writer)
        {
            writer.Write(_random);
            writer.WriteRaw(in _last);
        }

        protected override void RestoreState(ref StateReader reader)
        {
            reader.Read(_random);
            _last = reader.ReadRaw<ClientOrderId>();
        }

        private void Act(long price)
        {
            OrderSide side = (OrderSide)_random.NextInt32(2);
            int sign = side == OrderSide.Buy ? 1 : -1;
            int choice = _random.NextInt32(12);
            if (choice == 0)
            {
                Cancel(_last);
                return;
            }

            if (choice > 6)
            {
                return;
            }

            OrderType type = (OrderType)_random.NextInt32(6);
            long trigger = price + ((type == OrderType.TakeProfit ? -sign : sign) * (1 + _random.NextInt32(3)));
            _last = Send(new OrderIntent
            {
                Instrument = Instrument.Id,
                Side = side,
                Type = type,
                Size = new SizeLots(1 + _random.NextInt32(25)),
                Limit = type is OrderType.Limit or OrderType.StopLimit ? new PriceTicks(price - (sign * (_random.NextInt32(4) - 1))) : default,
                Trigger = type is OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit ? new PriceTicks(trigger) : default,
                TrailingDistance = type == OrderType.TrailingStop ? 1 + _random.NextInt32(4) : 0,
                ReduceOnly = _random.NextInt32(4) == 0,
                PostOnly = type == OrderType.Limit && _random.NextInt32(3) == 0,
            }) ?? _last;
        }
    }
}

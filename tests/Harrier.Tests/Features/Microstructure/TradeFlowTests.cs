using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>Vectors of the published aggregator (systems.md 2.1), its promises, and a slow twin on random tapes.</summary>
public sealed class TradeFlowTests
{
    private readonly FeatureRig _rig = new();
    private readonly TradeFlow _flow;

    public TradeFlowTests() => _flow = _rig.Features.TradeFlow(FeatureRig.Id);

    [Fact]
    public void Rates_OfTenTradesASecondApart_AreThoseOfTheVectors()
    {
        for (int i = 0; i < 10; i++)
        {
            _rig.Trade(100 + i, 1);
        }

        TradeFlowReading now = Read(109);
        now.TradesPerMinute60s.ShouldBe(10);
        now.TradesPerMinute10s.ShouldBe(60);
        now.TradesPerSecond10s.ShouldBe(1);
        Read(114).TradesPerMinute10s.ShouldBe(36);
        Read(169).TradesPerMinute60s.ShouldBe(1, "the last trade is exactly 60 seconds old");
        Read(170).TradesPerMinute60s.ShouldBe(0);
        Read(120).TradesPerSecond10s.ShouldBe(0);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(60.000000001, 0)]
    [InlineData(60.001, 0)]
    public void Window_AtItsEdge_HoldsWhatIsExactlyAsOld(double age, int count)
    {
        _rig.Trade(100, 1);
        Read(100 + age).TradesPerMinute60s.ShouldBe(count);
    }

    [Fact]
    public void Window_WithATradeOf65SecondsAgo_LeavesItOut()
    {
        _rig.Trade(35, 1);
        _rig.Trade(100, 1);
        Read(100).TradesPerMinute60s.ShouldBe(1);
    }

    [Theory]
    [InlineData(6, 3, 2.0)]
    [InlineData(5, 0, 1.0)]
    [InlineData(0, 3, 0.0)]
    [InlineData(0, 0, 0.0)]
    public void Ratio_ByCount_IsThatOfTheVectors(int buys, int sells, double expected)
    {
        for (int i = 0; i < buys + sells; i++)
        {
            _rig.Trade(100, i < buys ? 3 : 1, isSell: i >= buys);
        }

        Read(101).BuySellRatio60s.ShouldBe(expected);
        Read(101).BuySellVolumeRatio60s.ShouldBe(sells == 0 ? expected : 3.0 * buys / sells);
    }

    [Fact]
    public void VolumeDelta_OfBuysAndSells_IsTheirDifference()
    {
        for (int i = 0; i < 5; i++)
        {
            _rig.Trade(100, 2);
        }

        for (int i = 0; i < 3; i++)
        {
            _rig.Trade(100, 2, isSell: true);
        }

        TradeFlowReading now = Read(100);
        (now.VolumeDelta10s, now.VolumeDelta60s, now.VolumeDelta300s, now.CumulativeDelta).ShouldBe((4.0, 4.0, 4.0, 4.0));
        now = Read(170);
        (now.VolumeDelta10s, now.VolumeDelta60s, now.VolumeDelta300s, now.CumulativeDelta).ShouldBe((0.0, 0.0, 4.0, 4.0));
    }

    [Fact]
    public void SessionDelta_OnANewDay_BeginsAnew()
    {
        _rig.Trade(86_399, 2);
        Read(86_399.5).SessionDelta.ShouldBe(2);
        Read(86_400).SessionDelta.ShouldBe(0);
        _rig.Trade(86_401, 1, isSell: true);
        _rig.Trade(86_399.2, 86_402, 1, isSell: false);
        Read(86_402).SessionDelta.ShouldBe(-1);
        Read(86_402).CumulativeDelta.ShouldBe(2);
    }

    [Fact]
    public void Trade_LateOrRepeatedOrFromTheFuture_CountsOnceWhereItBelongs()
    {
        _rig.Trade(1000, 1);
        _rig.Trade(990, 1001, 1, isSell: true);
        Read(1001).TradesPerSecond10s.ShouldBe(0.1, "the second trade is 11 seconds old already");
        Read(1001).TradesPerMinute60s.ShouldBe(2);
        _rig.Trade(700, 1001, 1, isSell: true);
        _flow.LateTrades.ShouldBe(1);
        Read(1001).VolumeDelta300s.ShouldBe(0);
        _rig.Trade(5000, 1002, 1, isSell: false);
        Read(1062).TradesPerMinute60s.ShouldBe(1, "it counts when it came");
        Read(1062.001).TradesPerMinute60s.ShouldBe(0);
    }

    [Fact]
    public void Latency_OfTrades_IsFromEventToReceipt()
    {
        _flow.Latency(FeatureRig.At(1)).ShouldBeNull();
        for (int i = 0; i < 100; i++)
        {
            _rig.Trade(100 + i, 100 + i + (i < 95 ? 0.010 : 0.5), 1, isSell: false);
        }

        TradeLatency latency = _flow.Latency(_rig.Now).ShouldNotBeNull();
        latency.P50.TotalMilliseconds.ShouldBe(10, 10 / 32.0);
        latency.P99.TotalMilliseconds.ShouldBe(500, 500 / 32.0);
        double ewma = 10;
        for (int i = 1; i < 100; i++)
        {
            ewma += ((i < 95 ? 10 : 500) - ewma) / 16;
        }

        latency.Average.TotalMilliseconds.ShouldBe(ewma, 1e-3);
        _flow.Latency(FeatureRig.At(600)).ShouldBeNull("nothing came for 300 seconds");
    }

    [Fact]
    public void SizeQuantile_OfKnownSizes_IsWithinOneBucket()
    {
        _flow.SizeQuantile(0.5, FeatureRig.At(1)).ShouldBeNull();
        for (int i = 1; i <= 1000; i++)
        {
            _rig.Trade(100, i);
        }

        _flow.SizeQuantile(0, _rig.Now)!.Value.ShouldBe(1, 1 / 32.0);
        _flow.SizeQuantile(0.5, _rig.Now)!.Value.ShouldBe(500, 500 / 32.0);
        _flow.SizeQuantile(0.9, _rig.Now)!.Value.ShouldBe(900, 900 / 32.0);
        _flow.SizeQuantile(1, _rig.Now)!.Value.ShouldBe(1000, 1000 / 32.0);
        Should.Throw<ArgumentOutOfRangeException>(() => _flow.SizeQuantile(1.1, _rig.Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Everything_OnRandomTapes_EqualsASlowCount(int seed)
    {
        NaiveTradeFlow naive = new(_rig.Instrument);
        Random random = new(seed);
        int compared = 0;
        foreach (RandomMarket.Input input in RandomMarket.Make(seed, 3000))
        {
            input.Feed(_rig.Engine);
            if (input.Event is { Kind: MarketEventKind.Trade } trade)
            {
                naive.Add(in trade);
            }

            if (random.Next(10) == 0)
            {
                // Reading at any later time, or not at all, must change nothing.
                Timestamp now = new(input.Time.Nanos + (random.Next(2) == 0 ? 0 : random.NextInt64(400_000_000_000)));
                _flow.At(now).ShouldBe(naive.At(now));
                foreach (double quantile in (double[])[0, 0.25, 0.5, 0.99, 1])
                {
                    double? expected = naive.SizeQuantile(quantile, now);
                    double? actual = _flow.SizeQuantile(quantile, now);
                    (actual is null).ShouldBe(expected is null);
                    actual?.ShouldBe(expected!.Value, expected.Value / 32 + 1e-9);
                }

                compared++;
            }
        }

        compared.ShouldBeGreaterThan(500);
        _flow.LateTrades.ShouldBe(naive.Late);
        _flow.RepeatedTrades.ShouldBe(naive.Repeated);
        naive.Late.ShouldBeGreaterThan(0);
        naive.Repeated.ShouldBeGreaterThan(0);
    }

    private TradeFlowReading Read(double seconds) => _flow.At(FeatureRig.At(seconds));

    /// <summary>Keeps every trade and counts anew each time.</summary>
    private sealed class NaiveTradeFlow(Instrument instrument)
    {
        private readonly List<(long Time, decimal Signed)> _trades = [];
        private readonly HashSet<(long Time, long Id)> _seen = [];
        private readonly Dictionary<long, decimal> _byDay = [];

        public int Late { get; private set; }

        public int Repeated { get; private set; }

        public void Add(in MarketEvent trade)
        {
            long time = Math.Min(trade.ExchangeTime.Nanos, trade.ReceivedTime.Nanos);
            if (time < trade.ReceivedTime.Nanos - 300_000_000_000)
            {
                Late++;
            }
            else if (!_seen.Add((time, trade.TradeId)))
            {
                Repeated++;
            }
            else
            {
                decimal size = instrument.ToDecimal(trade.Size);
                _trades.Add((time, trade.IsSell ? -size : size));
                long day = new Timestamp(time).UtcDay;
                _byDay[day] = _byDay.GetValueOrDefault(day) + (_byDay.Keys.Any(other => other > day) ? 0 : _trades[^1].Signed);
            }
        }

        public TradeFlowReading At(Timestamp now)
        {
            List<decimal> ten = In(now, 10);
            List<decimal> sixty = In(now, 60);
            return new TradeFlowReading
            {
                TradesPerMinute10s = ten.Count * 6,
                TradesPerMinute60s = sixty.Count,
                TradesPerSecond10s = ten.Count / 10.0,
                BuySellRatio60s = Ratio(sixty.Count(size => size > 0), sixty.Count(size => size < 0)),
                BuySellVolumeRatio60s = Ratio(sixty.Where(size => size > 0).Sum() * 1000, -sixty.Where(size => size < 0).Sum() * 1000),
                VolumeDelta10s = (double)ten.Sum(),
                VolumeDelta60s = (double)sixty.Sum(),
                VolumeDelta300s = (double)In(now, 300).Sum(),
                Volume60s = (double)sixty.Sum(Math.Abs),
                SessionDelta = (double)_byDay.GetValueOrDefault(now.UtcDay),
                CumulativeDelta = (double)_trades.Sum(trade => trade.Signed),
            };
        }

        public double? SizeQuantile(double quantile, Timestamp now)
        {
            decimal[] sizes = [.. In(now, 300).Select(Math.Abs).Order()];
            return sizes.Length == 0 ? null : (double)sizes[Math.Max(0, (int)Math.Ceiling(quantile * sizes.Length) - 1)];
        }

        private static double Ratio(decimal buys, decimal sells) => sells > 0 ? (double)buys / (double)sells : buys > 0 ? 1 : 0;

        private List<decimal> In(Timestamp now, int seconds) =>
            [.. _trades.Where(trade => trade.Time >= now.Nanos - (seconds * 1_000_000_000L)).Select(trade => trade.Signed)];
    }
}

using Harrier.Domain;
using Harrier.Features.OrderFlow;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class FootprintTests
{
    private static readonly FootprintSettings _minutes = new() { Bars = new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue) };

    [Fact]
    public void Stacked_Vector_IsBuyFrom102To104()
    {
        Footprint footprint = new(_minutes);
        Trade(footprint, (101, 10, 5), (102, 12, 36), (103, 8, 40), (104, 9, 30), (105, 20, 25));
        footprint.Delta.Value.ShouldBe(77);
        footprint.Stacked.Total.ShouldBe(0, "a bar is read when it is closed");
        footprint.CloseAt(Timestamp.FromUnixSeconds(60));
        StackedImbalance stacked = footprint.Stacked.New.ToArray().ShouldHaveSingleItem();
        stacked.ShouldBe(new StackedImbalance(new PriceTicks(102), new PriceTicks(104), Timestamp.FromUnixSeconds(60), 3, FlowSide.Bullish));
        footprint.Last.Delta.Value.ShouldBe(77);
        footprint.Last.BuyImbalances.ShouldBe(3, "the row at 105 has a ratio of 2.778");
        footprint.Last.PointOfControl.Value.ShouldBe(103);
        (footprint.Last.Low.Value, footprint.Last.High.Value).ShouldBe((101, 105));
    }

    [Fact]
    public void Stacked_VectorUpsideDown_IsSell()
    {
        Footprint footprint = new(_minutes);
        Trade(footprint, (95, 25, 20), (96, 30, 9), (97, 40, 8), (98, 36, 12), (99, 5, 10));
        footprint.CloseAt(Timestamp.FromUnixSeconds(60));
        StackedImbalance stacked = footprint.Stacked.New.ToArray().ShouldHaveSingleItem();
        (stacked.Lowest.Value, stacked.Highest.Value, stacked.Side).ShouldBe((96, 98, FlowSide.Bearish));
    }

    [Fact]
    public void OnTrade_NextBar_ClosesTheLast()
    {
        Footprint footprint = new(_minutes);
        footprint.OnTrade(TradeEvents.At(10, 100, 5, isSell: false));
        footprint.OnTrade(TradeEvents.At(70, 200, 7, isSell: true));
        footprint.Count.ShouldBe(1);
        footprint.Last.OpenTime.ShouldBe(new Timestamp(0));
        footprint.Last.KnownAt.ShouldBe(TradeEvents.At(70, 1, 1, isSell: true).ReceivedTime);
        footprint.Last.Buys.Value.ShouldBe(5);
        footprint.OnTrade(TradeEvents.At(59, 100, 5, isSell: false));
        footprint.LateTrades.ShouldBe(1);
        footprint.Delta.Value.ShouldBe(-7);
    }

    [Fact]
    public void AtHigh_BuyersSpent_PointsDown()
    {
        Footprint footprint = new(_minutes);
        Trade(footprint, (100, 5, 60), (101, 10, 50), (102, 15, 20), (103, 4, 5));
        footprint.CloseAt(Timestamp.FromUnixSeconds(60));
        footprint.Last.AtHigh.ShouldBe(FlowSide.Bearish);
        footprint.Last.AtLow.ShouldBe(FlowSide.Neutral);
    }

    [Theory]
    [InlineData(1, 8192, 1)]
    [InlineData(2, 8192, 5)]
    [InlineData(3, 16, 1)]
    [InlineData(4, 40, 3)]
    public void OnTrade_RandomTape_EqualsADictionary(int seed, int maxRows, long ticksPerRow)
    {
        FootprintSettings settings = _minutes with { MaxRows = maxRows, TicksPerRow = ticksPerRow };
        Footprint footprint = new(settings);
        List<MarketEvent> bar = [];
        long minute = 0;
        foreach (MarketEvent trade in TradeEvents.Tape(seed, 4000, start: 20))
        {
            if (trade.ExchangeTime.Nanos / (60 * Timestamp.NanosPerSecond) is var at && at != minute)
            {
                minute = at;
                bar.Clear();
            }

            bar.Add(trade);
            footprint.OnTrade(in trade);
            byte[] state = BarFeatureContract.Saved(footprint);
            Footprint restored = new(settings);
            BarFeatureContract.Restore(restored, state).ShouldBe(0);
            BarFeatureContract.Saved(restored).ShouldBe(state);
            footprint = restored;
            ShouldBe(footprint, bar, ticksPerRow);
            footprint.Rows.Length.ShouldBeLessThanOrEqualTo(maxRows);
        }

        footprint.Count.ShouldBe((int)minute);
    }

    [Fact]
    public void OnTrade_AfterWarmUp_AllocatesNothing()
    {
        MarketEvent[] tape = TradeEvents.Tape(5, 20_000);
        long bytes = Allocation.Least(() =>
        {
            Footprint footprint = new(_minutes);
            TradeProfile profile = new();
            Vpin vpin = new(1000);
            BarDeltas deltas = new(new DeltaSettings { Bars = _minutes.Bars });
            void Feed(TimeSpan later)
            {
                foreach (ref readonly MarketEvent trade in tape.AsSpan())
                {
                    MarketEvent moved = trade with { ExchangeTime = trade.ExchangeTime + later };
                    footprint.OnTrade(in moved);
                    profile.OnTrade(in moved);
                    vpin.OnTrade(in moved);
                    deltas.OnTrade(in moved);
                }
            }

            Feed(TimeSpan.Zero);
            return () => Feed(TimeSpan.FromDays(1));
        });
        bytes.ShouldBe(0);
    }

    private static void ShouldBe(Footprint footprint, List<MarketEvent> bar, long ticksPerRow)
    {
        footprint.RowTicks.ShouldBeGreaterThanOrEqualTo(ticksPerRow);
        Dictionary<long, (long Buys, long Sells)> expected = [];
        foreach (MarketEvent trade in bar)
        {
            long row = (long)Math.Floor((decimal)trade.Price.Value / footprint.RowTicks) * footprint.RowTicks;
            (long buys, long sells) = expected.GetValueOrDefault(row);
            expected[row] = trade.IsSell ? (buys, sells + trade.Size.Value) : (buys + trade.Size.Value, sells);
        }

        footprint.LowestRow.Value.ShouldBe(expected.Keys.Min());
        for (int i = 0; i < footprint.Rows.Length; i++)
        {
            (long buys, long sells) = expected.GetValueOrDefault(footprint.LowestRow.Value + (i * footprint.RowTicks));
            footprint.Rows[i].ShouldBe(new FootprintRow(buys, sells));
        }

        footprint.Rows.ToArray().Sum(r => r.Volume).ShouldBe(bar.Sum(t => t.Size.Value));
    }

    private static void Trade(Footprint footprint, params (long Price, long Sells, long Buys)[] rows)
    {
        foreach ((long price, long sells, long buys) in rows)
        {
            footprint.OnTrade(TradeEvents.At(1, price, sells, isSell: true));
            footprint.OnTrade(TradeEvents.At(1, price, buys, isSell: false));
        }
    }
}

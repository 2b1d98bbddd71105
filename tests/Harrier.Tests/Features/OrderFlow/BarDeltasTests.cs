using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class BarDeltasTests : BarFeatureContract
{
    private static readonly BarSpec _minutes = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

    protected override IBarFeature Create() => new BarDeltas();

    protected override string Show(IBarFeature feature) =>
        Text(((BarDeltas)feature).Last, ((BarDeltas)feature).Cumulative, ((BarDeltas)feature).Session, ((BarDeltas)feature).Count);

    [Fact]
    public void OnBar_WholeTape_IsTheTape()
    {
        BarDeltas deltas = New();
        deltas.OnTrade(TradeEvents.At(1, 100, 30, isSell: false));
        deltas.OnTrade(TradeEvents.At(59.9, 100, 10, isSell: true));

        // The next bar's trades arrive before the closed bar does, and one of this bar after them.
        deltas.OnTrade(TradeEvents.At(60, 100, 500, isSell: true));
        deltas.OnTrade(TradeEvents.At(59.95, 100, 5, isSell: true));
        deltas.OnBar(Bar(0, volume: 4.5));
        deltas.Last.ShouldBe(new BarDelta(1.5, 4.5, Timestamp.FromUnixSeconds(60), 0, DeltaSource.Tape));
        deltas.OnTrade(TradeEvents.At(59.99, 100, 99, isSell: false));
        deltas.OnBar(Bar(1, volume: 50));
        deltas.Last.Delta.ShouldBe(-50, 1e-12);
        deltas.Cumulative.ShouldBe(-48.5, 1e-12);
    }

    [Theory]
    [InlineData(4.0, DeltaSource.Tape)]
    [InlineData(4.4, DeltaSource.Tape)]
    [InlineData(5.0, DeltaSource.TakerBuyVolume)] // a fifth of the bar was missed
    [InlineData(3.0, DeltaSource.TakerBuyVolume)] // trades that were told twice
    public void OnBar_TapeDiffersFromVolume_FallsBack(double volume, DeltaSource source)
    {
        BarDeltas deltas = New();
        deltas.OnTrade(TradeEvents.At(1, 100, 40, isSell: false));
        deltas.OnBar(Bar(0, volume) with { TakerBuyVolume = 1 });
        deltas.Last.Source.ShouldBe(source);
        deltas.Last.Delta.ShouldBe(source == DeltaSource.Tape ? 4 : 2 - volume, 1e-12);
    }

    [Fact]
    public void OnBar_NoTape_TakesTheTakersOrGuesses()
    {
        BarDeltas deltas = New();
        deltas.OnBar(Bar(0, 10) with { TakerBuyVolume = 6 });
        deltas.Last.Source.ShouldBe(DeltaSource.TakerBuyVolume);
        (deltas.Last.Delta, deltas.Last.BuyVolume, deltas.Last.SellVolume).ShouldBe((2, 6, 4));
        deltas.OnBar(Bar(1, 10));
        deltas.Last.Source.ShouldBe(DeltaSource.BarEstimate);
    }

    [Fact]
    public void Session_NewDay_BeginsAnewAtTheGivenTime()
    {
        BarDeltas midnight = new();
        BarDeltas six = new(new DeltaSettings { SessionStart = TimeSpan.FromHours(6) });
        foreach (int hour in (int[])[0, 5, 6, 23, 24, 25])
        {
            ClosedBar bar = Bar(hour * 60, 10) with { TakerBuyVolume = 5.5 };
            midnight.OnBar(in bar);
            six.OnBar(in bar);
        }

        midnight.Session.ShouldBe(2, 1e-12);
        six.Session.ShouldBe(4, 1e-12);
        midnight.Cumulative.ShouldBe(6, 1e-12);
    }

    [Fact]
    public void OnTrade_RandomTape_SumsLikeAGrouping()
    {
        MarketEvent[] tape = TradeEvents.Tape(3, 5000);
        BarDeltas deltas = New();
        int next = 0;
        foreach (IGrouping<long, MarketEvent> minute in tape.GroupBy(t => t.ExchangeTime.Nanos / (60 * Timestamp.NanosPerSecond)))
        {
            for (; next < tape.Length && tape[next].ExchangeTime.Nanos < ((minute.Key + 1) * 60 * Timestamp.NanosPerSecond) + (2 * Timestamp.NanosPerSecond); next++)
            {
                deltas.OnTrade(in tape[next]);
            }

            deltas.OnBar(Bar((int)minute.Key, minute.Sum(t => t.Size.Value) * 0.1));
            deltas.Last.Source.ShouldBe(DeltaSource.Tape);
            deltas.Last.Delta.ShouldBe(minute.Sum(t => t.IsSell ? -t.Size.Value : t.Size.Value) * 0.1, 1e-9);
        }
    }

    private static BarDeltas New() => new(new DeltaSettings { Bars = _minutes, LotSize = 0.1 });

    private static ClosedBar Bar(int minute, double volume) =>
        new(new Ohlcv(100, 101, 99, 100.5, volume, Timestamp.FromUnixSeconds(60L * minute)), Timestamp.FromUnixSeconds(60L * (minute + 1)));
}

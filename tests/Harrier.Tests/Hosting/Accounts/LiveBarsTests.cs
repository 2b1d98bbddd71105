using Harrier.Domain;
using Harrier.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>Bars of live trades by hand: one-minute bars, the first minute begun before the feed.</summary>
public sealed class LiveBarsTests
{
    private const long Minute = 60 * Timestamp.NanosPerSecond;
    private readonly AccountPlan _plan = AccountScenario.Plan();
    private readonly LiveBars _bars;

    public LiveBarsTests() => _bars = new LiveBars(_plan, At(0, 30));

    [Fact]
    public void Take_BarInWhichTheFeedBegan_IsLeftOut()
    {
        Trade(0, At(0, 40), 100);
        Trade(0, At(1, 10), 101);
        Trade(0, At(1, 50), 99);

        _bars.Take(At(2, 1)).ShouldHaveSingleItem().OpenTime.ShouldBe(At(1, 0));
    }

    [Fact]
    public void Take_BeforeTheGraceIsOver_HasNothingYet()
    {
        Trade(0, At(1, 10), 101);

        _bars.Take(new Timestamp(At(2, 0).Nanos + 249_000_000)).ShouldBeEmpty();
        _bars.Take(new Timestamp(At(2, 0).Nanos + 250_000_000)).ShouldHaveSingleItem();
        _bars.Take(At(2, 5)).ShouldBeEmpty();
    }

    [Fact]
    public void Take_SeveralSymbolsAndMinutes_ComeByCloseThenSymbol()
    {
        Trade(1, At(1, 10), 50);
        Trade(0, At(1, 20), 100);
        Trade(1, At(2, 10), 51);
        Trade(0, At(2, 20), 102);

        _bars.Take(At(3, 1)).Select(static bar => (bar.OpenTime.Nanos / Minute, bar.Instrument.Index, bar.Close.Value)).ShouldBe([(1, 0, 100), (1, 1, 50), (2, 0, 102), (2, 1, 51)]);
    }

    [Fact]
    public void KnownUntil_BarsOfThePast_DoNotComeAgain()
    {
        _bars.KnownUntil(new InstrumentId(0), At(2, 0));
        Trade(0, At(1, 20), 100);
        Trade(0, At(2, 20), 102);

        _bars.Take(At(3, 1)).ShouldHaveSingleItem().OpenTime.ShouldBe(At(2, 0));
    }

    [Fact]
    public void Take_Values_AreThoseOfTheTrades()
    {
        Trade(0, At(1, 1), 100, size: 1000);
        Trade(0, At(1, 2), 104, size: 500);
        Trade(0, At(1, 3), 98, size: 2000, isSell: true);

        Bar bar = _bars.Take(At(2, 1)).ShouldHaveSingleItem();

        // Lots of 0.001: 1 + 0.5 + 2 units, of which 1.5 were bought.
        (bar.Open.Value, bar.High.Value, bar.Low.Value, bar.Close.Value).ShouldBe((100, 104, 98, 98));
        (bar.Volume, bar.TakerBuyVolume, bar.TradeCount).ShouldBe((3.5, 1.5, 3));
    }

    private static Timestamp At(long minute, long second) => new((minute * Minute) + (second * Timestamp.NanosPerSecond));

    private void Trade(int instrument, Timestamp time, long price, long size = 1, bool isSell = false) => _bars.Add(new MarketEvent
    {
        ExchangeTime = time,
        ReceivedTime = time,
        Price = new PriceTicks(price),
        Size = new SizeLots(size),
        Instrument = new InstrumentId(instrument),
        Kind = MarketEventKind.Trade,
        IsSell = isSell,
    });
}

using Harrier.Domain;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class MarketHistoryTests
{
    private static readonly HistoryLength Short = new(40, 100, 3000, 600);

    [Fact]
    public void Seed_ThenLive_TheFirstTradeFollowsTheLastSecondWithoutAJump()
    {
        (ExchangeCore core, CandleStore candles, SyntheticOrderFlow flow, ManualTimeProvider time) = Make();
        decimal last = candles.Candles("BTCUSDT", CandleInterval.Second, new CandleRange(null, null, 1))[0].Close;
        Run(core, flow, time, 50);

        decimal live = core.Find("BTCUSDT")!.LastPrice;
        live.ShouldBe(last, last * 0.003m);
        last.ShouldNotBe(live);
    }

    [Fact]
    public void Seed_GivesThousandsOfBarsThatFollowEachOtherAndAgreeAcrossIntervals()
    {
        (ExchangeCore _, CandleStore candles, _, _) = Make();
        CandleRange all = new(null, null, 100_000);
        foreach (CandleInterval interval in CandleInterval.All.Where(interval => interval.Nanos > 0))
        {
            IReadOnlyList<Candle> bars = candles.Candles("ETHUSDT", interval, all);
            bars.Zip(bars.Skip(1)).ShouldAllBe(pair => pair.First.OpenTime.Nanos + interval.Nanos == pair.Second.OpenTime.Nanos, interval.Name);
            bars.ShouldAllBe(bar => bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close && bar.TakerBuyVolume <= bar.Volume);
        }

        candles.Candles("ETHUSDT", CandleInterval.Minute, all).Count.ShouldBeGreaterThan(3000);
        Dictionary<Timestamp, Candle> hours = candles.Candles("ETHUSDT", CandleInterval.Hour, all).ToDictionary(bar => bar.OpenTime);
        int compared = 0;
        foreach (IGrouping<Timestamp, Candle> minutes in candles.Candles("ETHUSDT", CandleInterval.Minute, all).GroupBy(bar => CandleInterval.Hour.Start(bar.OpenTime)))
        {
            if (minutes.Count() == 60)
            {
                Candle hour = hours[minutes.Key];
                (hour.Open, hour.Close, hour.High, hour.Volume).ShouldBe((minutes.First().Open, minutes.Last().Close, minutes.Max(bar => bar.High), minutes.Sum(bar => bar.Volume)));
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(45);
    }

    [Theory]
    [InlineData("1h", "1d", 30)]
    [InlineData("1m", "1h", 12)]
    [InlineData("1s", "1m", 12)]
    [InlineData("5m", "4h", 30)]
    [InlineData("1d", "1w", 300)]
    public void Candles_FarInThePast_AddUpToTheLongerOnesExactly(string shorter, string longer, int daysBack)
    {
        ManualTimeProvider time = new();
        (_, CandleStore candles, _) = Seeded(time, HistoryLength.For(2));
        (CandleInterval parts, CandleInterval wholes) = (CandleInterval.Find(shorter)!, CandleInterval.Find(longer)!);
        Timestamp start = wholes.Start(new Timestamp(Timestamp.From(time.GetUtcNow()).Nanos - (daysBack * Timestamp.NanosPerDay)));

        List<Candle> whole = [.. candles.Candles("BTCUSDT", wholes, new CandleRange(start, null, 3))];
        int perWhole = (int)(wholes.Nanos / parts.Nanos);
        List<Candle> part = [.. candles.Candles("BTCUSDT", parts, new CandleRange(start, null, 3 * perWhole))];

        part.Count.ShouldBe(3 * perWhole);
        for (int i = 0; i < 3; i++)
        {
            List<Candle> inside = part.GetRange(i * perWhole, perWhole);
            inside.Select(bar => bar.OpenTime.Nanos).ShouldBe(Enumerable.Range(0, perWhole).Select(n => whole[i].OpenTime.Nanos + (n * parts.Nanos)));
            List<Candle> traded = [.. inside.Where(bar => bar.TradeCount > 0)];
            (traded[0].Open, traded.Max(bar => bar.High), traded.Min(bar => bar.Low), traded[^1].Close).ShouldBe((whole[i].Open, whole[i].High, whole[i].Low, whole[i].Close));
            (inside.Sum(bar => bar.Volume), inside.Sum(bar => bar.QuoteVolume), inside.Sum(bar => bar.TradeCount)).ShouldBe((whole[i].Volume, whole[i].QuoteVolume, whole[i].TradeCount));
            (inside.Sum(bar => bar.TakerBuyVolume), inside.Sum(bar => bar.TakerBuyQuoteVolume)).ShouldBe((whole[i].TakerBuyVolume, whole[i].TakerBuyQuoteVolume));
            inside.ShouldAllBe(bar => bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close) && bar.Low > 0);
            inside.ShouldAllBe(bar => bar.TakerBuyVolume >= 0 && bar.TakerBuyVolume <= bar.Volume && bar.QuoteVolume >= 0 && bar.TakerBuyQuoteVolume >= 0);
            inside.ShouldAllBe(bar => (bar.Volume > 0) == (bar.TradeCount > 0));
        }
    }

    [Fact]
    public void Candles_AskedForAgainLaterAndByAnotherStore_AreTheSame()
    {
        ManualTimeProvider time = new();
        (ExchangeCore core, CandleStore candles, SyntheticOrderFlow flow) = Seeded(time, HistoryLength.For(2));
        (_, CandleStore twin, _) = Seeded(time, new HistoryLength(1000, 10, 1500, 60));
        Timestamp month = new(CandleInterval.Hour.Start(core.Now).Nanos - (300 * Timestamp.NanosPerDay));
        CandleRange range = new(month, null, 1000);
        IReadOnlyList<Candle> first = candles.Candles("ETHUSDT", CandleInterval.Minute, range);
        IReadOnlyList<Candle> hours = candles.Candles("ETHUSDT", CandleInterval.Hour, range with { Limit = 8000 });

        Run(core, flow, time, 700);

        first.Count.ShouldBe(1000);
        candles.Candles("ETHUSDT", CandleInterval.Minute, range).ShouldBe(first);
        twin.Candles("ETHUSDT", CandleInterval.Minute, range).ShouldBe(first);
        twin.Candles("ETHUSDT", CandleInterval.Hour, range with { Limit = 7000 }).ShouldBe(hours.Take(7000));
        hours.Count.ShouldBe((300 * 24) + 1);
        hours.Zip(hours.Skip(1)).ShouldAllBe(pair => pair.First.OpenTime.Nanos + CandleInterval.Hour.Nanos == pair.Second.OpenTime.Nanos);
    }

    [Fact]
    public void Candles_AfterTheHeldOnesWereForgotten_LeaveAHoleAndNoHalfCandle()
    {
        ManualTimeProvider time = new();
        (ExchangeCore core, CandleStore candles, _) = Seeded(time, HistoryLength.For(2), new CandleStoreOptions { Minutes = 1500 });
        Timestamp start = core.Now;
        time.Advance(TimeSpan.FromHours(40.4));

        IReadOnlyList<Candle> quarters = candles.Candles("BTCUSDT", CandleInterval.Find("15m")!, new CandleRange(new Timestamp(start.Nanos - (2 * 3600 * Timestamp.NanosPerSecond)), null, 1000));

        quarters.Count(bar => bar.OpenTime < start).ShouldBeGreaterThan(6);
        quarters.Count(bar => bar.OpenTime.Nanos > start.Nanos + (10 * 3600 * Timestamp.NanosPerSecond)).ShouldBeGreaterThan(90);
        quarters.ShouldAllBe(bar => bar.OpenTime < start || bar.OpenTime.Nanos >= core.Now.Nanos - (1501 * CandleInterval.Minute.Nanos));
    }

    [Fact]
    public void Funding_OfThePast_ReachesTenMonthsBackAtThePricesOfTheCandles()
    {
        ManualTimeProvider time = new();
        (ExchangeCore core, CandleStore candles, _) = Seeded(time, HistoryLength.For(2), kind: MarketKind.Linear);

        IReadOnlyList<FundingStamp> stamps = core.FundingHistory("BTCUSDT");

        stamps.Count.ShouldBeGreaterThan(10 * 31 * 3);
        stamps.Zip(stamps.Skip(1)).ShouldAllBe(pair => pair.Second.Time - pair.First.Time == TimeSpan.FromHours(8));
        stamps.ShouldAllBe(stamp => Math.Abs(stamp.Rate) < 0.001m && stamp.Rate != 0);
        candles.Candles("BTCUSDT", CandleInterval.Hour, new CandleRange(stamps[40].Time, null, 1))[0].Open.ShouldBe(stamps[40].MarkPrice);
    }

    [Fact]
    public void Ticker_AfterLiveTrades_CoversTheDayExactly()
    {
        (ExchangeCore core, CandleStore candles, SyntheticOrderFlow flow, ManualTimeProvider time) = Make();
        TickerWindow tickers = new(core, candles);
        Run(core, flow, time, 1300);

        TickerView view = tickers.Ticker("BTCUSDT");
        IReadOnlyList<Candle> minutes = candles.Candles("BTCUSDT", CandleInterval.Minute, new CandleRange(CandleInterval.Minute.Start(view.OpenTime), null, 2000));
        minutes.Count.ShouldBeInRange(1441, 1442);
        view.Volume.ShouldBe(minutes.Sum(bar => bar.Volume));
        view.QuoteVolume.ShouldBe(minutes.Sum(bar => bar.QuoteVolume));
        view.TradeCount.ShouldBe(minutes.Sum(bar => (long)bar.TradeCount));
        (view.High, view.Low, view.Open, view.LastPrice).ShouldBe((minutes.Max(bar => bar.High), minutes.Min(bar => bar.Low), minutes[0].Open, core.Find("BTCUSDT")!.LastPrice));
        view.LastTradeId.ShouldBe(core.Find("BTCUSDT")!.LastTradeId);
        view.FirstTradeId.ShouldBe(1);
        (view.Bid, view.Ask).ShouldBe((core.Find("BTCUSDT")!.Book.BestBid, core.Find("BTCUSDT")!.Book.BestAsk));
    }

    [Fact]
    public void Ticker_BeforeTheFirstTrade_HasThePriceItStartsAtAndNoVolume()
    {
        ExchangeCore core = new(new ExchangeCoreOptions { Listings = [MarketRig.Terms("BTCUSDT") with { StartPrice = 61_000 }] }, new ManualTimeProvider());
        TickerWindow tickers = new(core, new CandleStore(core, new CandleStoreOptions()));

        TickerView view = tickers.Ticker("BTCUSDT");

        view.LastPrice.ShouldBe(61_000);
        (view.Volume, view.TradeCount).ShouldBe((0, 0));
    }

    [Fact]
    public void Ticker_OverMoreThanADay_LetsGoOfWhatIsOlder()
    {
        (ExchangeCore core, CandleStore candles, _, ManualTimeProvider time) = Make();
        TickerWindow tickers = new(core, candles);
        tickers.Ticker("BTCUSDT").Volume.ShouldBeGreaterThan(0);

        time.Advance(TimeSpan.FromHours(30));
        TickerView view = tickers.Ticker("BTCUSDT");

        (view.Volume, view.QuoteVolume, view.TradeCount).ShouldBe((0m, 0m, 0L));
        (view.Open, view.High, view.Low).ShouldBe((view.LastPrice, view.LastPrice, view.LastPrice));
    }

    [Fact]
    public void AveragePrice_IsWeightedByVolume()
    {
        (ExchangeCore core, CandleStore candles, SyntheticOrderFlow flow, ManualTimeProvider time) = Make();
        Run(core, flow, time, 4000);

        IReadOnlyList<Candle> five = candles.Candles("BTCUSDT", CandleInterval.Minute, new CandleRange(null, null, 5));
        candles.AveragePrice("BTCUSDT", 5).ShouldBe(five.Sum(bar => bar.QuoteVolume) / five.Sum(bar => bar.Volume));
        candles.AveragePrice("NOUSDT", 5).ShouldBe(0);
    }

    [Fact]
    public void Cut_TellsGrowingAndClosedCandles()
    {
        (ExchangeCore core, CandleStore candles, SyntheticOrderFlow flow, ManualTimeProvider time) = Make();
        List<(string Symbol, string Interval, Candle Candle, bool IsClosed)> news = [];
        candles.CandleUpdated += (symbol, interval, candle, isClosed) => news.Add((symbol, interval.Name, candle, isClosed));
        Run(core, flow, time, 700, candles.Cut);

        news.Count(n => n is { Symbol: "BTCUSDT", Interval: "1s", IsClosed: true }).ShouldBe(70);
        news.Count(n => n is { Symbol: "BTCUSDT", Interval: "1m", IsClosed: true }).ShouldBe(1);
        news.Count(n => n is { Symbol: "BTCUSDT", Interval: "1h", IsClosed: false }).ShouldBeInRange(30, 36);
        Candle closed = news.First(n => n is { Symbol: "BTCUSDT", Interval: "1m", IsClosed: true }).Candle;
        candles.Candles("BTCUSDT", CandleInterval.Minute, new CandleRange(closed.OpenTime, null, 1))[0].ShouldBe(closed);
    }

    private static (ExchangeCore Core, CandleStore Candles, SyntheticOrderFlow Flow, ManualTimeProvider Time) Make()
    {
        ManualTimeProvider time = new();
        (ExchangeCore core, CandleStore candles, SyntheticOrderFlow flow) = Seeded(time, Short);
        return (core, candles, flow, time);
    }

    private static (ExchangeCore Core, CandleStore Candles, SyntheticOrderFlow Flow) Seeded(
        ManualTimeProvider time, HistoryLength length, CandleStoreOptions? kept = null, MarketKind kind = MarketKind.Spot)
    {
        ExchangeCore core = new(new ExchangeCoreOptions { Kind = kind, Listings = [MarketRig.Terms("BTCUSDT"), MarketRig.Terms("ETHUSDT")] }, time);
        CandleStore candles = new(core, kept ?? new CandleStoreOptions());
        SyntheticOrderFlowOptions options = MarketHistory.Seed([(core, candles)], new SyntheticOrderFlowOptions { Seed = 3 }, length);
        return (core, candles, new SyntheticOrderFlow([core], options, time));
    }

    private static void Run(ExchangeCore core, SyntheticOrderFlow flow, ManualTimeProvider time, int steps, Action? each = null)
    {
        for (int i = 0; i < steps; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            flow.Step();
            core.Advance();
            each?.Invoke();
        }
    }
}

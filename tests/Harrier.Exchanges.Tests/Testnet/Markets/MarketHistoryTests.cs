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
        ExchangeCore core = new(new ExchangeCoreOptions { Listings = [MarketRig.Terms("BTCUSDT"), MarketRig.Terms("ETHUSDT")] }, time);
        CandleStore candles = new(core, new CandleStoreOptions());
        SyntheticOrderFlowOptions options = MarketHistory.Seed([(core, candles)], new SyntheticOrderFlowOptions { Seed = 3 }, Short);
        return (core, candles, new SyntheticOrderFlow([core], options, time), time);
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

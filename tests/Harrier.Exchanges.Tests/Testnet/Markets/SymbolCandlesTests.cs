using System.Globalization;
using System.IO.Compression;
using Harrier.Domain;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class SymbolCandlesTests
{
    private static readonly Timestamp Noon = Timestamp.From(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Add_TradesOfOneMinute_MakeOneExactCandle()
    {
        SymbolCandles candles = new(new CandleStoreOptions());
        candles.Add(Trade(5, 100.1m, 0.3m, isSell: false, id: 7), CandleInterval.Second);
        candles.Add(Trade(20, 99.9m, 0.1m, isSell: true, id: 8), CandleInterval.Second);
        candles.Add(Trade(59, 100.3m, 0.2m, isSell: false, id: 9), CandleInterval.Second);
        candles.RollTo(At(60));

        Candle minute = candles.Query(CandleInterval.Minute, new CandleRange(null, null, 10))[0];
        minute.ShouldBe(new Candle
        {
            OpenTime = Noon,
            CloseTime = new Timestamp(At(60).Nanos - 1_000_000),
            Open = 100.1m,
            High = 100.3m,
            Low = 99.9m,
            Close = 100.3m,
            Volume = 0.6m,
            QuoteVolume = 60.08m,
            TakerBuyVolume = 0.5m,
            TakerBuyQuoteVolume = 50.09m,
            TradeCount = 3,
            FirstTradeId = 7,
            LastTradeId = 9,
        });
    }

    [Fact]
    public void RollTo_WithoutTrades_LeavesFlatCandlesAtTheLastPrice()
    {
        SymbolCandles candles = new(new CandleStoreOptions());
        candles.Add(Trade(5, 100m, 1m, isSell: false, id: 1), CandleInterval.Second);
        candles.RollTo(At(200));

        List<Candle> minutes = candles.Query(CandleInterval.Minute, new CandleRange(null, null, 10));
        minutes.Select(minute => (minute.OpenTime, minute.Open, minute.Volume, minute.TradeCount, minute.FirstTradeId)).ShouldBe(
        [
            (At(0), 100m, 1m, 1, 1L), (At(60), 100m, 0m, 0, -1L), (At(120), 100m, 0m, 0, -1L), (At(180), 100m, 0m, 0, -1L),
        ]);
        candles.Query(CandleInterval.Second, new CandleRange(null, null, 1000)).Count.ShouldBe(196);
    }

    [Fact]
    public void RollTo_AfterASilenceLongerThanTheRing_KeepsOnlyWhatFits()
    {
        SymbolCandles candles = new(new CandleStoreOptions { Seconds = 100 });
        candles.Add(Trade(0, 100m, 1m, isSell: false, id: 1), CandleInterval.Second);
        candles.RollTo(At(40_000_000));

        List<Candle> seconds = candles.Query(CandleInterval.Second, new CandleRange(null, null, 1000));
        seconds.Count.ShouldBe(101);
        seconds[^1].OpenTime.ShouldBe(At(40_000_000));
        seconds[0].OpenTime.ShouldBe(At(40_000_000 - 100));
    }

    [Fact]
    public void Query_WithStart_GivesTheOldest_WithoutStart_TheNewest()
    {
        SymbolCandles candles = Minutes(30);

        Opens(candles, CandleInterval.Minute, new CandleRange(At(300), null, 3)).ShouldBe([300, 360, 420]);
        Opens(candles, CandleInterval.Minute, new CandleRange(At(301), At(480), 3)).ShouldBe([360, 420, 480]);
        Opens(candles, CandleInterval.Minute, new CandleRange(null, At(481), 3)).ShouldBe([360, 420, 480]);
        Opens(candles, CandleInterval.Minute, new CandleRange(null, null, 2)).ShouldBe([1680, 1740]);
        Opens(candles, CandleInterval.Find("5m")!, new CandleRange(null, null, 2)).ShouldBe([1200, 1500]);
        Opens(candles, CandleInterval.Find("5m")!, new CandleRange(At(1), At(900), 9)).ShouldBe([300, 600, 900]);
        Opens(candles, CandleInterval.Minute, new CandleRange(At(9000), null, 3)).ShouldBeEmpty();
    }

    [Fact]
    public void Query_WhenTheBeginningOfABucketIsForgotten_LeavesTheBucketOut()
    {
        // 1,500 minutes is the least a ring holds.
        SymbolCandles candles = new(new CandleStoreOptions { Minutes = 1500 });
        for (int i = 0; i < 1510; i++)
        {
            candles.Add(Trade(i * 60, 100 + i, 1, isSell: false, id: i + 1), CandleInterval.Second);
        }

        List<Candle> fives = candles.Query(CandleInterval.Find("5m")!, new CandleRange(At(0), null, 1000));
        fives[0].OpenTime.ShouldBe(At(600));
        fives.ShouldAllBe(candle => candle.TradeCount == 5);
    }

    [Fact]
    public void Announce_TellsClosedOnesOnce_AndGrowingOnesEveryTwoSeconds()
    {
        SymbolCandles candles = new(new CandleStoreOptions());
        List<string> news = [];
        for (int tenth = 0; tenth < 50; tenth++)
        {
            Timestamp now = new(Noon.Nanos + (tenth * 100_000_000L));
            candles.RollTo(now);
            candles.Add(Trade(0, 100, 1, isSell: false, id: tenth + 1) with { OpenTime = now }, CandleInterval.Second);
            candles.Announce(now, (interval, candle, isClosed) => news.Add($"{interval} {candle.TradeCount} {isClosed}"));
        }

        news.Where(line => line.StartsWith("1s ", StringComparison.Ordinal)).ShouldBe(["1s 10 True", "1s 10 True", "1s 10 True", "1s 10 True"]);
        news.Where(line => line.StartsWith("1h ", StringComparison.Ordinal)).ShouldBe(["1h 1 False", "1h 21 False", "1h 41 False"]);
    }

    /// <summary>The venue's own minutes must give the venue's own hours.</summary>
    [Fact]
    public void Query_HoursFromRecordedMinutes_EqualTheRecordedHours()
    {
        SymbolCandles candles = new(new CandleStoreOptions { Minutes = 41_000 });
        foreach (string[] cells in Rows("data/klines/1m/binance-usdm_LINKUSDT-1m-2023-02.csv.gz"))
        {
            candles.Add(Recorded(cells), CandleInterval.Minute);
        }

        int hours = 0;
        Dictionary<long, Candle> made = candles.Query(CandleInterval.Hour, new CandleRange(null, null, 1000)).ToDictionary(candle => candle.OpenTime.UnixMilliseconds);
        foreach (string[] cells in Rows("data/klines/1h/binance-usdm_LINKUSDT_1h.csv.gz"))
        {
            long open = DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
            if (made.TryGetValue(open, out Candle hour))
            {
                (hour.Open, hour.High, hour.Low, hour.Close, hour.Volume).ShouldBe((Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5])));
                hours++;
            }
        }

        hours.ShouldBe(672);
        made.Count.ShouldBe(672);
    }

    private static Timestamp At(long seconds) => new(Noon.Nanos + (seconds * Timestamp.NanosPerSecond));

    private static Candle Trade(long seconds, decimal price, decimal quantity, bool isSell, long id) => new()
    {
        OpenTime = At(seconds),
        CloseTime = At(seconds),
        Open = price,
        High = price,
        Low = price,
        Close = price,
        Volume = quantity,
        QuoteVolume = price * quantity,
        TakerBuyVolume = isSell ? 0 : quantity,
        TakerBuyQuoteVolume = isSell ? 0 : price * quantity,
        TradeCount = 1,
        FirstTradeId = id,
        LastTradeId = id,
    };

    private static SymbolCandles Minutes(int count)
    {
        SymbolCandles candles = new(new CandleStoreOptions());
        for (int i = 0; i < count; i++)
        {
            candles.Add(Trade(i * 60, 100, 1, isSell: false, id: i + 1), CandleInterval.Second);
        }

        return candles;
    }

    private static long[] Opens(SymbolCandles candles, CandleInterval interval, CandleRange range) =>
        [.. candles.Query(interval, range).Select(candle => (candle.OpenTime.Nanos - Noon.Nanos) / Timestamp.NanosPerSecond)];

    private static Candle Recorded(string[] cells)
    {
        Timestamp open = Timestamp.FromUnixMilliseconds(long.Parse(cells[0], CultureInfo.InvariantCulture));
        return Trade(0, Number(cells[1]), Number(cells[5]), isSell: false, id: -1) with
        {
            OpenTime = open,
            High = Number(cells[2]),
            Low = Number(cells[3]),
            Close = Number(cells[4]),
        };
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string path)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(SharedData.Require(path)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}

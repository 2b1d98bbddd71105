using Harrier.Domain;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Ticks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Ticks;

/// <summary>The newest ticks are kept, everybody is told, and one who fails or dawdles hurts nobody else.</summary>
public sealed class TickStreamerTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task History_AfterMoreThanAThousandTicks_HoldsTheNewestThousand()
    {
        await using TickStreamer streamer = Streamer();
        for (int i = 1; i <= 1005; i++)
        {
            streamer.Take(Tick("BTCUSDT", i));
        }

        streamer.LatestPrice("BTCUSDT").ShouldBe(1005);
        streamer.History("BTCUSDT", 3).Select(tick => tick.Price).ShouldBe([1003, 1004, 1005]);
        streamer.History("BTCUSDT").Count.ShouldBe(100);
        IReadOnlyList<StreamTick> all = streamer.History("BTCUSDT", 5000);
        (all.Count, all[0].Price, all[^1].Price).ShouldBe((1000, 6, 1005));
        streamer.History("BTCUSDT", 0).ShouldBeEmpty();
    }

    [Fact]
    public async Task LatestPrice_NoTickOrUnknownSymbol_IsNull()
    {
        await using TickStreamer streamer = Streamer();

        streamer.LatestPrice("BTCUSDT").ShouldBeNull();
        streamer.LatestPrice("NOPE").ShouldBeNull();
        streamer.Latest("NOPE").ShouldBeNull();
        streamer.History("NOPE").ShouldBeEmpty();
    }

    [Fact]
    public async Task Statistics_CountsTicksPerSymbol()
    {
        await using TickStreamer streamer = Streamer();
        streamer.Take(Tick("BTCUSDT", 1));
        streamer.Take(Tick("BTCUSDT", 2));
        streamer.Take(Tick("SOLUSDT", 3));

        TickStatistics statistics = streamer.Statistics;
        statistics.TotalMessages.ShouldBe(3);
        statistics.MessagesPerSymbol.ShouldBe(new Dictionary<string, long> { ["BTCUSDT"] = 2, ["ETHUSDT"] = 0, ["SOLUSDT"] = 1 }, ignoreOrder: true);
        statistics.StartTime.ShouldBe(Timestamp.From(_time.GetUtcNow()));
        statistics.LastUpdate.ShouldBe(new Timestamp(3));
        statistics.Errors.ShouldBe(0);
    }

    [Fact]
    public async Task AddCallback_OneFails_OthersAreToldAndItIsCounted()
    {
        List<decimal> told = [];
        List<decimal> toldLater = [];
        TickStreamer streamer = Streamer();
        streamer.AddCallback((Action<StreamTick>)(_ => throw new InvalidOperationException("broken")));
        streamer.AddCallback(async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("broken later");
        });
        streamer.AddCallback(tick => told.Add(tick.Price));
        streamer.AddCallback(async tick =>
        {
            await Task.Yield();
            toldLater.Add(tick.Price);
        });
        for (int i = 1; i <= 50; i++)
        {
            streamer.Take(Tick("BTCUSDT", i));
        }

        await streamer.DisposeAsync();

        told.ShouldBe(Enumerable.Range(1, 50).Select(i => (decimal)i));
        toldLater.ShouldBe(told);
        streamer.Statistics.Errors.ShouldBe(100);
    }

    [Fact]
    public async Task AddCallback_ThenDisposed_IsToldNothingMore()
    {
        List<decimal> told = [];
        await using TickStreamer streamer = Streamer();
        streamer.Take(Tick("BTCUSDT", 1));
        IDisposable callback = streamer.AddCallback(tick => told.Add(tick.Price));
        streamer.Take(Tick("BTCUSDT", 2));
        callback.Dispose();
        callback.Dispose();
        streamer.Take(Tick("BTCUSDT", 3));

        told.ShouldBe([2]);
    }

    [Fact]
    public async Task AddCallback_RemovesItselfWhileItIsTold_OthersAreTold()
    {
        List<decimal> told = [];
        await using TickStreamer streamer = Streamer();
        IDisposable? once = null;
        once = streamer.AddCallback((Action<StreamTick>)(_ => once!.Dispose()));
        streamer.AddCallback(tick => told.Add(tick.Price));
        streamer.Take(Tick("BTCUSDT", 1));
        streamer.Take(Tick("BTCUSDT", 2));

        told.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task AddCallback_AsynchronousOneDawdles_TheFeedDoesNotWaitAndItMissesTheOldest()
    {
        TaskCompletionSource gate = new();
        List<decimal> told = [];
        TickStreamer streamer = Streamer();
        streamer.AddCallback(async tick =>
        {
            await gate.Task;
            told.Add(tick.Price);
        });
        streamer.Take(Tick("BTCUSDT", 0));
        await Eventually.Holds(() => streamer.Statistics.TotalMessages == 1);
        for (int i = 1; i <= 1500; i++)
        {
            streamer.Take(Tick("BTCUSDT", i));
        }

        gate.SetResult();
        await streamer.DisposeAsync();

        told[^1].ShouldBe(1500);
        told.Count.ShouldBe((int)(1501 - streamer.Statistics.Skipped));
        streamer.Statistics.Skipped.ShouldBeInRange(500, 501);
    }

    [Fact]
    public async Task OnTicker_OfAFeed_MakesTheTickOfTheGuide()
    {
        await using TickStreamer streamer = Streamer();
        TickerUpdate update = new()
        {
            Instrument = default,
            ExchangeTime = new Timestamp(5),
            ReceivedTime = new Timestamp(7),
            Last = 105,
            Open = 100,
            High = 110,
            Low = 90,
            Volume = 12,
            QuoteVolume = 1200,
            TradeCount = 3,
        };
        streamer.OnTicker(TestInstruments.Of("binance-spot")[0], in update);

        StreamTick tick = streamer.Latest("BTCUSDT").ShouldNotBeNull();
        (tick.Time, tick.ReceivedTime, tick.Price, tick.PriceChange, tick.PriceChangePercent, tick.Trades).ShouldBe((new Timestamp(5), new Timestamp(7), 105, 5, 5, 3));
        streamer.OnTicker(TestInstruments.Of("binance-spot")[0], update with { Open = 0, ChangePercent = null });
        streamer.Latest("BTCUSDT")!.PriceChangePercent.ShouldBe(0);
    }

    private static StreamTick Tick(string symbol, int price) => new()
    {
        Symbol = symbol,
        Time = new Timestamp(price),
        ReceivedTime = new Timestamp(price),
        Price = price,
        Volume = 1,
        High = price,
        Low = price,
        Open = price,
        PriceChangePercent = 0,
        Trades = null,
    };

    private TickStreamer Streamer() => new(["BTCUSDT", "ETHUSDT"], _time, NullLogger.Instance);
}

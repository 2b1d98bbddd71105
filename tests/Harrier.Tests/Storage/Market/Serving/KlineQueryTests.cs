using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Serving;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Market.Serving;

/// <summary>Some bars of a store, beside a plain search through all of them.</summary>
public sealed class KlineQueryTests : IDisposable
{
    private const long Minute = 60 * Timestamp.NanosPerSecond;
    private const long FirstMinute = 27_100_000;

    private readonly ServedStore _served = new();
    private readonly BarSeries _minutes = RandomBars.Minutes(50_000, 21, FirstMinute, missing: 0.02);

    public KlineQueryTests() => _served.Add(_minutes);

    public void Dispose() => _served.Dispose();

    [Theory]
    [InlineData("1m", 1)]
    [InlineData("1m", 500)]
    [InlineData("1m", 60_000)]
    [InlineData("1h", 1)]
    [InlineData("1h", 100)]
    [InlineData("1d", 1000)]
    public void Read_Newest_EqualsTheEndOfAllBars(string interval, int limit)
    {
        HistoricalBar[] all = All(interval);
        Read(Request(interval, limit)).ShouldBe(all[^Math.Min(limit, all.Length)..]);
    }

    [Fact]
    public void Read_AnyRange_EqualsAPlainSearch()
    {
        Random random = new(4);
        string[] intervals = ["1m", "5m", "1h", "6h"];
        for (int run = 0; run < 60; run++)
        {
            string interval = intervals[random.Next(intervals.Length)];
            int limit = random.Next(1, 400);
            Timestamp from = new((FirstMinute + random.Next(-3000, 52_000)) * Minute);
            Timestamp to = new((FirstMinute + random.Next(-3000, 52_000)) * Minute);
            bool hasFrom = random.Next(2) == 0;
            TimeRange range = new(hasFrom ? from : TimeRange.Always.From, to);
            HistoricalBar[] fitting = [.. All(interval).Where(bar => range.Contains(bar.OpenTime))];

            Read(Request(interval, limit) with { Range = range }).ShouldBe(hasFrom ? fitting.Take(limit) : fitting.TakeLast(limit));
        }
    }

    [Fact]
    public void Read_WhatIsNotThere_IsEmpty()
    {
        Read(Request("1m", 5) with { Symbol = "ETHUSDT" }).ShouldBeEmpty();
        Read(Request("30s", 5)).ShouldBeEmpty();
        Read(Request("1m", 5) with { Range = new TimeRange(new Timestamp(0), new Timestamp(5)) }).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => Read(Request("1m", 0)));
    }

    [Fact]
    public void Aggregate_ExactNumbers_FollowTheRulesOfTheResampler()
    {
        foreach (long length in (long[])[3, 60, 1440, 10_080])
        {
            (BarSeries expected, int first, int last) = BarResampler.Aggregate(_minutes, length * Minute);
            ResampledHistory made = HistoricalResampler.Aggregate(ServedStore.Historical(_minutes), _minutes.Spec, expected.Spec);
            IReadOnlyList<HistoricalBar> bars = made.Bars;
            (made.DroppedFirst, made.DroppedLast).ShouldBe((first, last));
            bars.Select(bar => (bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close)).ShouldBe(
                ServedStore.Historical(expected).Select(bar => (bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close)));
            bars.Select(bar => bar.TradeCount ?? -1).ShouldBe(expected.Bars.ToArray().Select(bar => (long)bar.TradeCount));
            bars.Zip(expected.Bars.ToArray()).ShouldAllBe(pair => Math.Abs((double)pair.First.Volume - pair.Second.Volume) < 1e-6);
        }
    }

    private static KlineRequest Request(string interval, int limit) => new()
    {
        Venue = ServedStore.Venue,
        Symbol = "BTCUSDT",
        Interval = BarSpec.TryParse(interval, out BarSpec spec) ? spec : throw new ArgumentException(interval),
        Limit = limit,
    };

    private IReadOnlyList<HistoricalBar> Read(KlineRequest request) => new KlineQuery(_served.Store.Bars).Read(request);

    private HistoricalBar[] All(string interval)
    {
        KlineRequest request = Request(interval, 1);
        IEnumerable<HistoricalBar> bars = ServedStore.Historical(_minutes);
        return [.. request.Interval.IntervalNanos == Minute ? bars : HistoricalResampler.Aggregate(bars, _minutes.Spec, request.Interval).Bars];
    }
}

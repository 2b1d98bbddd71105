using Harrier.Domain;
using Harrier.Strategies.Presets;
using Harrier.Strategies.Scanning;

namespace Harrier.Tests.Strategies.Scanning;

/// <summary>Each filter with its value and threshold; the order of a scan; what is not known is neither passed nor failed.</summary>
public sealed class MarketScannerTests
{
    private static readonly MarketFacts Good = new()
    {
        Symbol = "GOODUSDT",
        Close = 10,
        Volume24H = 50e6,
        OpenInterest = 20e6,
        OpenInterestDelta = 0.05,
        SpreadBps = 3,
        Depth05Pct = 500_000,
        Depth03Pct = 200_000,
        TradesPerMinute = 40,
        AtrRange = 0.02,
        BandWidthPercentile = 50,
        Surge1H = 2,
        Surge5M = 2.5,
        LeaderCorrelation = 0.5,
        LevelStrength = 0.8,
    };

    private static readonly MarketScanner Scanner = new(new Preset { Name = "own" });

    [Fact]
    public void Scan_MarketThatHasAll_PassesEachFilter()
    {
        ScannedMarket market = Scanner.Scan([Good]).ShouldHaveSingleItem();
        market.Filters.ShouldAllBe(filter => filter.Passed == true);
        market.Filters.Count.ShouldBe(13);
        market.Passed.ShouldBeTrue();

        // 0.4 ((0.5 + 0.94 + 0.5)/3) + 0.3 (2.5/5) + 0.3 0.8
        market.Score.ShouldBe((0.4 * (0.5 + 0.94 + 0.5) / 3) + 0.15 + 0.24, 1e-12);
    }

    public static TheoryData<string, double> Failing => new()
    {
        { "min_24h_volume_usd", 19.9e6 },
        { "min_oi_usd", 7.9e6 },
        { "max_spread_bps", 15.1 },
        { "min_depth_usd_0_5pct", 19_999 },
        { "min_depth_usd_0_3pct", 11_999 },
        { "min_trades_per_minute", 4.9 },
        { "atr_range_min", 0.0079 },
        { "atr_range_max", 0.121 },
        { "bb_width_percentile_max", 86 },
        { "volume_surge_1h_min", 1.29 },
        { "volume_surge_5m_min", 1.69 },
        { "oi_delta_threshold", 0.024 },
        { "leader_correlation_max", 0.9 },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void Scan_OneValueBeyondItsThreshold_FailsThatFilterAlone(string filter, double value)
    {
        MarketFacts facts = filter switch
        {
            "min_24h_volume_usd" => Good with { Volume24H = value },
            "min_oi_usd" => Good with { OpenInterest = value },
            "max_spread_bps" => Good with { SpreadBps = value },
            "min_depth_usd_0_5pct" => Good with { Depth05Pct = value },
            "min_depth_usd_0_3pct" => Good with { Depth03Pct = value },
            "min_trades_per_minute" => Good with { TradesPerMinute = value },
            "atr_range_min" or "atr_range_max" => Good with { AtrRange = value },
            "bb_width_percentile_max" => Good with { BandWidthPercentile = value },
            "volume_surge_1h_min" => Good with { Surge1H = value },
            "volume_surge_5m_min" => Good with { Surge5M = value },
            "oi_delta_threshold" => Good with { OpenInterestDelta = value },
            _ => Good with { LeaderCorrelation = value },
        };

        ScannedMarket market = Scanner.Scan([facts]).ShouldHaveSingleItem();

        market.Passed.ShouldBeFalse();
        FilterResult failed = market.Filters.Where(one => one.Passed == false).ShouldHaveSingleItem();
        (failed.Name, failed.Value).ShouldBe((filter, value));
    }

    [Fact]
    public void Scan_NothingKnown_IsNeitherPassedSilentlyNorFailed()
    {
        ScannedMarket market = Scanner.Scan([new MarketFacts { Symbol = "X" }]).ShouldHaveSingleItem();
        market.Unknown.Count().ShouldBe(market.Filters.Count);
        market.Score.ShouldBe(0);
    }

    [Fact]
    public void Scan_SeveralMarkets_RanksThoseThatPassFirstThenByScore()
    {
        MarketFacts[] markets =
        [
            Good with { Symbol = "AUSDT", SpreadBps = 100, LevelStrength = 1 }, Good with { Symbol = "BUSDT", LevelStrength = 0.2 }, Good with { Symbol = "CUSDT", LevelStrength = 0.9 },
            Good with { Symbol = "DUSDT", LevelStrength = 0.2 },
        ];

        IReadOnlyList<ScannedMarket> ranked = Scanner.Scan(markets);

        ranked.Select(market => market.Facts.Symbol).ShouldBe(["CUSDT", "BUSDT", "DUSDT", "AUSDT"]);
        ranked.Select(market => market.Rank).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Scan_MoreThanAreLookedAt_KeepsTheLargestByVolume()
    {
        MarketScanner two = new(new Preset { Name = "own", ScannerConfig = new ScannerRules { TopNByVolume = 2 } });
        MarketFacts[] markets = [Good with { Symbol = "A", Volume24H = 30e6 }, Good with { Symbol = "B", Volume24H = double.NaN }, Good with { Symbol = "C", Volume24H = 90e6 }];
        two.Scan(markets).Select(market => market.Facts.Symbol).Order(StringComparer.Ordinal).ShouldBe(["A", "C"]);
    }

    [Fact]
    public void Book_SpreadAndDepthOfTheThinnerSide_AreInQuoteCurrency()
    {
        HistoricalBook book = new()
        {
            Time = default,
            UpdateId = 1,
            Bids = [new(99.9m, 10), new(99.75m, 20), new(99.55m, 30), new(99.4m, 40)],
            Asks = [new(100.1m, 50), new(100.6m, 1000)],
        };

        MarketFacts facts = BookMeasures.Add(new MarketFacts { Symbol = "X" }, book);

        facts.SpreadBps.ShouldBe(20, 1e-9);
        facts.Depth03Pct.ShouldBe(999 + 1995, 1e-9);
        facts.Depth05Pct.ShouldBe(5005, 1e-9);
        double.IsNaN(BookMeasures.Add(new MarketFacts { Symbol = "X" }, book with { Asks = [] }).SpreadBps).ShouldBeTrue();
    }
}

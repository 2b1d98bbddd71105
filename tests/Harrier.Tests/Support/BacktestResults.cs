using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;

namespace Harrier.Tests.Support;

/// <summary>Builds finished backtests from a few numbers, without an engine.</summary>
internal static class BacktestResults
{
    public static readonly Timestamp Start = Timestamp.From(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public static Instrument Btc { get; } = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("binance-spot"),
        Symbol = "BTCUSDT",
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.00001m,
    });

    /// <summary>A recorder that saw one bar per day, each day with the given return on 1,000.</summary>
    public static EquityRecorder Daily(params double[] returns)
    {
        EquityRecorder recorder = Recorder(1000m, returns.Length, TimeSpan.FromDays(1));
        double equity = 1000;
        for (int i = 0; i < returns.Length; i++)
        {
            equity *= 1 + returns[i];
            recorder.Observe(Start + TimeSpan.FromDays(i + 1), equity, returns[i] == 0 ? 0 : equity);
        }

        return recorder;
    }

    public static EquityRecorder Recorder(decimal initial, long bars, TimeSpan interval) => new(new EquityRecorderSettings
    {
        InitialEquity = initial,
        Start = Start,
        End = Start + (interval * bars),
        ExpectedBars = bars,
    });

    public static RoundTrip Trade(int id, decimal pnl, decimal? risk = null) => new()
    {
        Id = id,
        Bot = new BotId(0),
        Instrument = Btc.Id,
        IsLong = id % 2 == 1,
        EntryTime = Start + TimeSpan.FromHours(id),
        ExitTime = Start + TimeSpan.FromHours(id) + TimeSpan.FromMinutes(30),
        EntryPrice = 42000.5m,
        ExitPrice = 42100.10m,
        Quantity = 0.1000m,
        Fees = 1.5m,
        Funding = -0.25m,
        Pnl = pnl,
        InitialRisk = risk,
        ExitReason = OrderPurpose.Signal,
    };

    public static BarSeries Bars(params long[] closes)
    {
        BarSpec spec = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        Bar[] bars = new Bar[closes.Length];
        for (int i = 0; i < bars.Length; i++)
        {
            long open = closes[Math.Max(0, i - 1)];
            bars[i] = new Bar
            {
                OpenTime = Start + TimeSpan.FromHours(i),
                Open = new PriceTicks(open),
                High = new PriceTicks(Math.Max(open, closes[i]) + 5),
                Low = new PriceTicks(Math.Min(open, closes[i]) - 5),
                Close = new PriceTicks(closes[i]),
                Spec = spec,
                Instrument = Btc.Id,
            };
        }

        return new BarSeries(Btc, spec, bars, bars.Length);
    }

    public static BacktestResult Result(EquityRecorder equity, params RoundTrip[] trades) => new()
    {
        Manifest = new RunManifest
        {
            StateHash = "aa11",
            DataHash = "bb22",
            ConfigHash = "cc33",
            Version = "0.1.0",
            Strategy = "MEAN_REVERSION",
            Parameters = [new("period", 14), new("threshold", 1.5m)],
            Venue = new VenueId("binance-spot"),
            Symbols = ["BTCUSDT"],
            Interval = "1h",
            From = equity.Settings.Start,
            To = equity.LastTime,
            Bars = equity.Bars,
            Numeraire = new Asset("USDT"),
            Seed = 7,
        },
        InitialEquity = equity.Settings.InitialEquity,
        FinalEquity = equity.Settings.InitialEquity + trades.Sum(trade => trade.Pnl),
        Trades = trades,
        Equity = equity,
        TradedNotional = 20_000m,
        BuyAndHoldReturn = 0.125,
        Checks = [new CheckResult("leakage", true, "12 cuts, no decision changed")],
        Assumptions = [new("maker_fee_bps", 10m), new("path", "pessimistic"), new("seed", 7L)],
        Series = [Bars(4_200_000, 4_210_000, 4_190_000, 4_230_000)],
        Orders = new OrderCounts(4, 1, 0),
    };
}

using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Journal;
using Harrier.Engine.Strategies;
using Harrier.Research.Metrics;
using Harrier.Simulation.Fills;

namespace Harrier.Research.Backtests;

/// <summary>An engine, its simulated venue and the loop that feeds both, with the starting balance paid in.</summary>
public sealed class BacktestSession : IDisposable
{
    private BacktestSession(TradingEngine engine, FillSimulator venue, BacktestLoop loop, ExecutionMeter meter)
    {
        Engine = engine;
        Venue = venue;
        Loop = loop;
        Meter = meter;
    }

    /// <summary>The engine, one bot per symbol.</summary>
    public TradingEngine Engine { get; }

    /// <summary>The venue.</summary>
    public FillSimulator Venue { get; }

    /// <summary>The loop, before its first bar.</summary>
    public BacktestLoop Loop { get; }

    /// <summary>Measures how orders are filled.</summary>
    internal ExecutionMeter Meter { get; }

    /// <summary>Wires a session; nothing has been played yet.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="series">What to run it on.</param>
    /// <param name="configHash">Hash of the configuration in hexadecimal; its first 8 digits become part of every order id.</param>
    /// <param name="journal">Remembers inputs and decisions; null for none.</param>
    public static BacktestSession Create(BacktestSettings settings, IReadOnlyList<BarHistory> series, string configHash, IJournal? journal = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(series);
        EngineOptions options = EngineOptionsOf(settings, series, configHash);
        FillSimulator venue = new(options.Instruments, options.Bots.Count, settings.Fills);
        ExecutionMeter meter = new(venue);
        TradingEngine engine = new(options, new EngineSurroundings(meter, journal));
        meter.Watch(engine);
        StartingBalance.PayIn(engine, venue, (settings.InitialBalance, StartOf(series)));
        return new BacktestSession(engine, venue, new BacktestLoop(engine, venue, series) { Meter = meter }, meter);
    }

    /// <summary>Gives back what the histories hold for this session.</summary>
    public void Dispose() => Loop.Dispose();

    /// <summary>The engine's options: instruments in the order of the series, one bot per symbol.</summary>
    public static EngineOptions EngineOptionsOf(BacktestSettings settings, IReadOnlyList<BarHistory> series, string configHash) => new()
    {
        Account = new AccountId("backtest"),
        Run = uint.Parse(configHash.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        Instruments = [.. series.Select(s => s.Instrument)],
        Numeraire = series[0].Instrument.Quote,
        Limits = settings.Limits with
        {
            Leverage = settings.Fills.Leverage,
            TakerFeeRate = settings.Fills.TakerFeeRate,
            ExpectedSlippage = (decimal)settings.Fills.Slippage.Fraction(default),
        },
        Bots = [.. series.Select(s => new BotDefinition
        {
            Strategy = settings.CreateStrategy(),
            Instruments = [s.Instrument.Id],
            Sizing = settings.Sizing,
            Entries = settings.Entries,
            Rules = settings.Rules,
            Protection = settings.Protection,
            Vetoes = settings.MinConfidence > 0 ? [new MinimumConfidenceVeto(settings.MinConfidence)] : [],
        })],
    };

    private static Timestamp StartOf(IReadOnlyList<BarHistory> series) => series.Min(s => s.Extent.First.OpenTime);
}

using System.Reflection;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Journal;
using Harrier.Research.Checks;
using Harrier.Research.Metrics;

namespace Harrier.Research.Backtests;

/// <summary>Runs a backtest with its honesty checks and gathers the result.</summary>
public static class BacktestRunner
{
    // Small enough that a slow strategy can be stopped between two steps.
    private const int ProgressStep = 1000;

    /// <summary>The version of Harrier that runs.</summary>
    public static string Version { get; } =
        typeof(TradingEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Runs to the end of the data.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="input">What to run it on; every series has at least one bar.</param>
    /// <param name="progress">Told the number of bars played; null for nobody.</param>
    /// <param name="journal">Remembers inputs and decisions; null for none.</param>
    public static BacktestResult Run(BacktestSettings settings, BacktestInput input, IProgress<long>? progress = null, IJournal? journal = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        IReadOnlyList<KeyValuePair<string, object?>> assumptions = BacktestAssumptions.Describe(settings, input.Series);
        string configHash = BacktestAssumptions.Hash(settings, assumptions);
        using BacktestSession session = BacktestSession.Create(settings, input.Series, configHash, journal);
        EquityObserver equity = new(session.Engine, input.Series, settings.InitialBalance);
        session.Loop.Observer = equity;
        session.Engine.DecisionObserver = settings.Decisions;
        LeakageCheck leakage = new();
        Play(session, settings, (leakage, progress));

        List<CheckResult> checks = [.. input.DataChecks];
        if (settings.RunChecks)
        {
            checks.Add(leakage.Run(settings, input, configHash));
            checks.Add(WarmUpCheck.Run(settings, input.Series[0]));
        }

        checks.Add(BooksCheck.Run(session.Engine, session.Venue, settings.InitialBalance));
        return ResultOf(session.Engine, (settings, input), configHash, equity.Recorder) with
        {
            Checks = checks,
            Assumptions = [.. assumptions, .. input.Provenance],
            Execution = session.Meter.Quality,
        };
    }

    /// <summary>What a finished run says, but for its checks and assumptions.</summary>
    internal static BacktestResult ResultOf(TradingEngine engine, (BacktestSettings Settings, BacktestInput Input) run, string configHash, EquityRecorder equity) => new()
    {
        Manifest = ManifestOf(run.Settings, run.Input, (configHash, engine.StateHash())),
        InitialEquity = run.Settings.InitialBalance,
        FinalEquity = BooksCheck.TotalEquity(engine),
        Trades = engine.Portfolio.RoundTrips,
        Outcomes = engine.Portfolio.Outcomes,
        Equity = equity,
        TradedNotional = engine.Portfolio.TradedNotional,
        BuyAndHoldReturn = BuyAndHold(run.Input.Series),
        Checks = [],
        Assumptions = [],
        Series = run.Input.Series,
        Orders = new OrderCounts(engine.Orders.Submitted, engine.Denials.Total, engine.Orders.Rejections.Total)
        {
            Reasons =
            [
                .. engine.Denials.ByReason.Select(pair => KeyValuePair.Create("denied " + pair.Key, pair.Value)),
                .. engine.Orders.Rejections.ByReason.Select(pair => KeyValuePair.Create("rejected " + pair.Key, pair.Value)),
            ],
        },
    };

    /// <summary>Plays a step; what a strategy throws is told with its name and the time.</summary>
    internal static bool PlayOrName(TradingEngine engine, BacktestSettings settings, Func<bool> play)
    {
        try
        {
            return play();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{settings.StrategyKey} failed at {engine.Time.Now}: {exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private static void Play(BacktestSession session, BacktestSettings settings, (LeakageCheck Leakage, IProgress<long>? Progress) watch)
    {
        long total = session.Loop.TotalBars;
        Queue<long> moments = new(settings.RunChecks ? LeakageCheck.Moments(total, settings.Seed) : []);
        bool more = true;
        while (more)
        {
            long next = Math.Min(session.Loop.BarsPlayed + ProgressStep, moments.TryPeek(out long moment) ? moment : long.MaxValue);
            more = PlayOrName(session.Engine, settings, () => session.Loop.Play(next - session.Loop.BarsPlayed));
            while (moments.TryPeek(out moment) && session.Loop.BarsPlayed >= moment)
            {
                watch.Leakage.Sample(session.Loop.BarsPlayed, session.Loop.LastClose, session.Engine.DecisionHash);
                moments.Dequeue();
            }

            watch.Progress?.Report(session.Loop.BarsPlayed);
        }

        session.Loop.CloseOut();
    }

    private static RunManifest ManifestOf(BacktestSettings settings, BacktestInput input, (string Config, string State) hashes) => new()
    {
        StateHash = hashes.State,
        DataHash = input.DataHash,
        ConfigHash = hashes.Config,
        Version = Version,
        Strategy = settings.StrategyKey,
        Parameters = settings.Parameters,
        Venue = input.Series[0].Instrument.Definition.Venue,
        Symbols = [.. input.Series.Select(s => s.Instrument.Symbol)],
        Interval = input.Series[0].Spec.ToString(),
        From = input.Series.Min(s => s.Extent.First.OpenTime),
        To = input.Series.Max(s => s.Extent.Last.CloseTime),
        Bars = input.Series.Sum(s => s.Extent.Count),
        Numeraire = input.Series[0].Instrument.Quote,
        Seed = settings.Seed,
    };

    // The mean over the symbols, as the balance is split evenly over them.
    private static double? BuyAndHold(IReadOnlyList<BarHistory> series) => series.Count == 0
        ? null
        : series.Average(s => (s.Instrument.ToDouble(s.Extent.Last.Close) / s.Instrument.ToDouble(s.Extent.First.Open)) - 1);
}

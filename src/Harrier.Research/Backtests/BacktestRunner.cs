using System.Reflection;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Journal;
using Harrier.Research.Checks;

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

        checks.Add(BooksCheck.Run(session, settings.InitialBalance));
        return new BacktestResult
        {
            Manifest = ManifestOf(settings, input, (configHash, session.Engine.StateHash())),
            InitialEquity = settings.InitialBalance,
            FinalEquity = BooksCheck.TotalEquity(session.Engine),
            Trades = session.Engine.Portfolio.RoundTrips,
            Equity = equity.Recorder,
            TradedNotional = session.Engine.Portfolio.TradedNotional,
            BuyAndHoldReturn = BuyAndHold(input.Series),
            Checks = checks,
            Assumptions = [.. assumptions, .. input.Provenance],
            Series = input.Series,
            Orders = new OrderCounts(session.Engine.Orders.Submitted, session.Engine.Denials.Total, session.Engine.Orders.Rejections.Total)
            {
                Reasons =
                [
                    .. session.Engine.Denials.ByReason.Select(pair => KeyValuePair.Create("denied " + pair.Key, pair.Value)),
                    .. session.Engine.Orders.Rejections.ByReason.Select(pair => KeyValuePair.Create("rejected " + pair.Key, pair.Value)),
                ],
            },
        };
    }

    private static void Play(BacktestSession session, BacktestSettings settings, (LeakageCheck Leakage, IProgress<long>? Progress) watch)
    {
        long total = session.Loop.TotalBars;
        Queue<long> moments = new(settings.RunChecks ? LeakageCheck.Moments(total, settings.Seed) : []);
        bool more = true;
        while (more)
        {
            long next = Math.Min(session.Loop.BarsPlayed + ProgressStep, moments.TryPeek(out long moment) ? moment : long.MaxValue);
            more = PlayOrName(session, settings, next - session.Loop.BarsPlayed);
            while (moments.TryPeek(out moment) && session.Loop.BarsPlayed >= moment)
            {
                watch.Leakage.Sample(session.Loop.BarsPlayed, session.Loop.LastClose, session.Engine.DecisionHash);
                moments.Dequeue();
            }

            watch.Progress?.Report(session.Loop.BarsPlayed);
        }

        session.Loop.CloseOut();
    }

    private static bool PlayOrName(BacktestSession session, BacktestSettings settings, long bars)
    {
        try
        {
            return session.Loop.Play(bars);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{settings.StrategyKey} failed at {session.Engine.Time.Now}: {exception.GetType().Name}: {exception.Message}", exception);
        }
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

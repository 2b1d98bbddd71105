using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk.Rules;

namespace Harrier.Engine.Risk;

/// <summary>
/// The limits of the account as a whole, one rule per file. They are measured with every input that moves the equity, before strategies hear of it, and
/// asked about orders that grow a position only.
/// </summary>
internal sealed class AccountRisk(RiskLimits limits, InstrumentTable table, AccountPortfolio portfolio) : IStateful
{
    /// <summary>Part of a limit from which on it is warned of.</summary>
    public const decimal NearShare = 0.8m;

    private readonly KillSwitchRule _killSwitch = new(limits.KillSwitchLoss);
    private readonly DailyLossRule _daily = new(limits.MaxDailyLoss);
    private readonly LossStreakRule _streak = new(limits.MaxLossesInARow, limits.LossPause);
    private readonly MaxPositionsRule _positions = new(limits.MaxPositions);
    private readonly CorrelationRule _correlation = new(limits.MaxCorrelation, limits.CorrelationBars, table.Instruments.Length);
    private readonly Exposures _exposures = new(table, portfolio);
    private readonly Queue<AlertKind> _alerts = [];
    private int _tripsSeen;
    private bool _mustCancel;

    /// <summary>False when no limit has to be measured: then nothing here costs anything.</summary>
    public bool IsMeasured { get; } = limits.KillSwitchLoss is not null || limits.MaxDailyLoss is not null || limits.MaxLossesInARow is not null;

    public bool IsKillSwitchFired => _killSwitch.HasFired;

    /// <summary>Why all positions have to be closed; null while they need not.</summary>
    public OrderPurpose? ReasonToLeave =>
        _killSwitch.HasFired && limits.OnKillSwitch == LimitAction.Flatten ? OrderPurpose.KillSwitch
        : _daily.IsReached && limits.OnDailyLoss == LimitAction.Flatten ? OrderPurpose.DailyLoss
        : null;

    /// <summary>Before this instant a close that failed is not tried again.</summary>
    public Timestamp RetryAt { get; set; }

    /// <summary>The rule that bars every entry now.</summary>
    public DenyReason Barred(Timestamp now)
    {
        DenyReason reason = _killSwitch.Check();
        reason = reason.Rule == DenyRule.None ? _daily.Check() : reason;
        return reason.Rule == DenyRule.None ? _streak.Check(now) : reason;
    }

    /// <summary>The rule that an entry would break because of what else the account is in.</summary>
    public DenyReason Check(BotId bot, in OrderIntent intent, IReadOnlyList<Order> working)
    {
        if (!_positions.IsOn && !_correlation.IsOn)
        {
            return default;
        }

        IReadOnlyList<Exposure> others = _exposures.Besides(bot, intent.Instrument, working);
        DenyReason reason = portfolio.Position(bot, intent.Instrument).IsFlat ? _positions.Check(others) : default;
        return reason.Rule == DenyRule.None && _correlation.IsOn
            ? _correlation.Check(intent.Instrument, intent.Side == OrderSide.Buy ? 1 : -1, others)
            : reason;
    }

    public void OnBar(InstrumentId instrument, Timestamp close, double price) => _correlation.OnBar(instrument, close, price);

    /// <summary>Takes the equity at the mark, and counts the round trips that ended since.</summary>
    public void Measure(Timestamp now)
    {
        if (!IsMeasured)
        {
            return;
        }

        CountTrips(now);
        (bool fired, bool near, bool reached, bool dailyNear) = (_killSwitch.HasFired, _killSwitch.IsNear, _daily.IsReached, _daily.IsNear);
        decimal equity = Equity();
        _killSwitch.Measure(equity);
        _daily.Measure(now, equity);
        Warn(!fired && _killSwitch.HasFired, AlertKind.KillSwitchFired);
        Warn(!near && _killSwitch is { IsNear: true, HasFired: false }, AlertKind.KillSwitchNear);
        Warn(!reached && _daily.IsReached, AlertKind.DailyLossReached);
        Warn(!dailyNear && _daily is { IsNear: true, IsReached: false }, AlertKind.DailyLossNear);
        _mustCancel |= (!fired && _killSwitch.HasFired) || (!reached && _daily.IsReached);
    }

    /// <summary>Counts the round trips that ended since the last call.</summary>
    public void CountTrips(Timestamp now)
    {
        bool wasPausing = _streak.IsPausing(now);
        for (; IsMeasured && _tripsSeen < portfolio.RoundTrips.Count; _tripsSeen++)
        {
            _streak.OnRoundTrip(portfolio.RoundTrips[_tripsSeen].Pnl, now);
        }

        bool begins = !wasPausing && _streak.IsPausing(now);
        Warn(begins, AlertKind.LossesInARow);
        _mustCancel |= begins;
    }

    /// <summary>Books money that comes or goes, which is neither profit nor loss.</summary>
    public void Transfer(in AccountReport report)
    {
        decimal before = IsMeasured ? Equity() : 0;
        portfolio.Transfer(in report);
        if (before > 0)
        {
            decimal factor = Equity() / before;
            _killSwitch.Rescale(factor);
            _daily.Rescale(factor);
        }

        Measure(report.Time);
    }

    public void ResetKillSwitch()
    {
        _killSwitch.Reset(Equity());
        RetryAt = default;
    }

    /// <summary>True once after a rule began to bar entries: those that work must go.</summary>
    public bool TakeCancel()
    {
        bool must = _mustCancel;
        _mustCancel = false;
        return must;
    }

    public bool TryTakeAlert(out AlertKind kind) => _alerts.TryDequeue(out kind);

    public void Save(ref StateWriter writer)
    {
        writer.Write(_killSwitch);
        writer.Write(_daily);
        writer.Write(_streak);
        writer.Write(_correlation);
        writer.Write(RetryAt);
    }

    public void Restore(ref StateReader reader)
    {
        reader.Read(_killSwitch);
        reader.Read(_daily);
        reader.Read(_streak);
        reader.Read(_correlation);
        RetryAt = reader.ReadTimestamp();
        _tripsSeen = 0;
    }

    // Exact, not the estimate in floating point: a limit is reached at its last cent.
    private decimal Equity()
    {
        decimal equity = 0;
        for (int bot = 0; bot < portfolio.Ledger.Bots; bot++)
        {
            equity += portfolio.Equity(new BotId(bot));
        }

        return equity;
    }

    private void Warn(bool isDue, AlertKind kind)
    {
        if (isDue)
        {
            _alerts.Enqueue(kind);
        }
    }
}

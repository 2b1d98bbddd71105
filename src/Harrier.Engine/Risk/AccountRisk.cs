using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk.Rules;

namespace Harrier.Engine.Risk;

/// <summary>
/// The limits of the account as a whole, one rule per file. They are measured with every input that moves the equity, before strategies hear of it, and
/// asked about orders that grow a position only.
/// </summary>
internal sealed class AccountRisk : IStateful
{
    /// <summary>Part of a limit from which on it is warned of.</summary>
    public const decimal NearShare = 0.8m;

    private readonly RiskLimits _limits;
    private readonly AccountPortfolio _portfolio;
    private readonly PeakLossRule _killSwitch;
    private readonly PeakLossRule _drawdown;
    private readonly DailyLossRule _daily;
    private readonly (AccountLimit Limit, AlertKind Reached, AlertKind Near)[] _measured;
    private readonly (bool Reached, bool Near)[] _before;
    private readonly MaxPositionsRule _positions;
    private readonly CorrelationRule _correlation;
    private readonly Exposures _exposures;
    private readonly Queue<AlertKind> _alerts = [];
    private int _tripsSeen;
    private bool _mustCancel;

    public AccountRisk(RiskLimits limits, InstrumentTable table, MarketState market, AccountPortfolio portfolio)
    {
        (_limits, _portfolio) = (limits, portfolio);
        _killSwitch = new PeakLossRule(DenyRule.KillSwitch, limits.KillSwitchLoss, allowsLimit: false);
        _drawdown = new PeakLossRule(DenyRule.MaxDrawdown, limits.MaxDrawdown, allowsLimit: true);
        _daily = new DailyLossRule(limits.MaxDailyLoss, limits.DayZone);
        _measured =
        [
            (_killSwitch, AlertKind.KillSwitchFired, AlertKind.KillSwitchNear),
            (_drawdown, AlertKind.DrawdownReached, AlertKind.DrawdownNear),
            (_daily, AlertKind.DailyLossReached, AlertKind.DailyLossNear),
            (new LossStreakRule(limits.MaxLossesInARow, limits.LossPause), AlertKind.LossesInARow, AlertKind.LossesInARowNear),
            (new TradeRateRule(limits.MaxTradesPerHour), AlertKind.TradeRateReached, AlertKind.TradeRateNear),
        ];
        _before = new (bool, bool)[_measured.Length];
        IsMeasured = Array.Exists(_measured, static one => one.Limit.IsOn);
        _positions = new MaxPositionsRule(limits.MaxPositions);
        _correlation = new CorrelationRule(limits.MaxCorrelation, limits.CorrelationBars, table.Instruments.Length);
        _exposures = new Exposures(portfolio);
        Orders = new OrderRateRule(limits.MaxOrdersPerMinute);
        Collar = new PriceCollarRule(limits.PriceCollar, table.Instruments.Length);
        Exposure = new ExposureRule(limits, table, market, portfolio);
    }

    /// <summary>False when no limit has to be measured: then nothing here costs anything.</summary>
    public bool IsMeasured { get; }

    /// <summary>True while only the operator can end that entries are refused.</summary>
    public bool IsLatched => _killSwitch.HasFired || _drawdown.HasFired;

    public OrderRateRule Orders { get; }

    public PriceCollarRule Collar { get; }

    public ExposureRule Exposure { get; }

    /// <summary>Why all positions have to be closed; null while they need not.</summary>
    public OrderPurpose? ReasonToLeave =>
        _killSwitch.HasFired && _limits.OnKillSwitch == LimitAction.Flatten ? OrderPurpose.KillSwitch
        : _drawdown.HasFired && _limits.OnDrawdown == LimitAction.Flatten ? OrderPurpose.MaxDrawdown
        : _daily.HasReached && _limits.OnDailyLoss == LimitAction.Flatten ? OrderPurpose.DailyLoss
        : null;

    /// <summary>Before this instant a close that failed is not tried again.</summary>
    public Timestamp RetryAt { get; set; }

    /// <summary>The rule that bars every entry now.</summary>
    public DenyReason Barred(Timestamp now)
    {
        foreach ((AccountLimit limit, _, _) in _measured)
        {
            DenyReason reason = limit.Check(now);
            if (reason.Rule != DenyRule.None)
            {
                return reason;
            }
        }

        return default;
    }

    /// <summary>What a measured limit says of entries now.</summary>
    public GateReading Read(DenyRule rule, Timestamp now)
    {
        AccountLimit limit = _measured[IndexOf(rule)].Limit;
        return !limit.IsOn ? GateReading.Off(rule)
            : limit.IsReached(now) ? new GateReading(rule, limit.RefusedAt(now), limit.Limit, false, BoundOf(rule))
            : new GateReading(rule, limit.Value(now), limit.Limit, true, BoundOf(rule));
    }

    /// <summary>The measured limits that are set, for people.</summary>
    public IReadOnlyList<LimitReading> Limits(Timestamp now) =>
    [
        .. _measured.Where(static one => one.Limit.IsOn).Select(one => new LimitReading(one.Limit.Rule, one.Limit.Value(now), one.Limit.Limit)
        {
            State = one.Limit.IsReached(now) ? LimitState.Reached : one.Limit.IsNear(now) ? LimitState.Near : LimitState.Well,
            EndsAt = one.Limit.EndsAt(now),
        }),
    ];

    public GateReading ReadPositions(in GrowthCase growth) => !_positions.IsOn || growth.Held != 0
        ? GateReading.Off(DenyRule.MaxPositions)
        : _positions.Read(_exposures.Besides(growth.Bot, growth.Instrument.Id, growth.Working));

    public GateReading ReadCorrelation(in GrowthCase growth, OrderSide side) => !_correlation.IsOn
        ? GateReading.Off(DenyRule.Correlation)
        : GateReading.Of(DenyRule.Correlation, _correlation.Check(growth.Instrument.Id, side == OrderSide.Buy ? 1 : -1, _exposures.Besides(growth.Bot, growth.Instrument.Id, growth.Working)));

    public void OnBar(in Bar bar, double price)
    {
        _correlation.OnBar(bar.Instrument, bar.CloseTime, price);
        Collar.OnBar(bar.Instrument, bar.Close);
    }

    /// <summary>Takes the equity at the mark, and counts the round trips that ended since.</summary>
    public void Measure(Timestamp now)
    {
        if (!IsMeasured)
        {
            return;
        }

        CountTrips(now);
        decimal equity = Equity();
        foreach ((AccountLimit limit, _, _) in _measured)
        {
            limit.Measure(now, equity);
        }

        Compare(now);
    }

    /// <summary>Counts the round trips that ended since the last call.</summary>
    public void CountTrips(Timestamp now)
    {
        if (!IsMeasured || _tripsSeen == _portfolio.RoundTrips.Count)
        {
            return;
        }

        for (; _tripsSeen < _portfolio.RoundTrips.Count; _tripsSeen++)
        {
            foreach ((AccountLimit limit, _, _) in _measured)
            {
                limit.OnRoundTrip(_portfolio.RoundTrips[_tripsSeen].Pnl, now);
            }
        }

        Compare(now);
    }

    /// <summary>Counts what is not counted yet, and lets the portfolio forget.</summary>
    public void ForgetTrips(Timestamp now)
    {
        CountTrips(now);
        _tripsSeen = 0;
        _portfolio.ForgetRoundTrips();
    }

    /// <summary>Books money that comes or goes, which is neither profit nor loss.</summary>
    public void Transfer(in AccountReport report)
    {
        decimal before = IsMeasured ? Equity() : 0;
        _portfolio.Transfer(in report);
        if (before > 0)
        {
            decimal factor = Equity() / before;
            foreach ((AccountLimit limit, _, _) in _measured)
            {
                limit.Rescale(factor);
            }
        }

        Measure(report.Time);
    }

    public void ResetKillSwitch() => Reset(_killSwitch);

    public void ResetDrawdown() => Reset(_drawdown);

    /// <summary>True once after a rule began to bar entries: those that work must go.</summary>
    public bool TakeCancel()
    {
        bool must = _mustCancel;
        _mustCancel = false;
        return must;
    }

    public bool TryTakeAlert(out AlertKind kind) => _alerts.TryDequeue(out kind);

    // Exact, not the estimate in floating point: a limit is reached at its last cent.
    public decimal Equity() => _portfolio.Equity();

    public void Save(ref StateWriter writer)
    {
        for (int i = 0; i < _measured.Length; i++)
        {
            writer.Write(_measured[i].Limit);
            writer.Write(_before[i].Reached);
            writer.Write(_before[i].Near);
        }

        writer.Write(_correlation);
        writer.Write(Orders);
        writer.Write(Collar);
        writer.Write(RetryAt);
    }

    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _measured.Length; i++)
        {
            reader.Read(_measured[i].Limit);
            _before[i] = (reader.ReadBoolean(), reader.ReadBoolean());
        }

        reader.Read(_correlation);
        reader.Read(Orders);
        reader.Read(Collar);
        RetryAt = reader.ReadTimestamp();
        _tripsSeen = 0;
    }

    /// <summary>Takes over what was measured and latched under other limits.</summary>
    public void Succeed(AccountRisk before, IReadOnlySet<InstrumentId> newFeeds)
    {
        for (int i = 0; i < _measured.Length; i++)
        {
            Succession.Copy(before._measured[i].Limit, _measured[i].Limit);
            _before[i] = before._before[i];
        }

        _correlation.Succeed(before._correlation, newFeeds);
        Succession.Copy(before.Orders, Orders);
        Collar.Succeed(before.Collar);
        _alerts.Clear();
        (RetryAt, _mustCancel, _tripsSeen) = (before.RetryAt, before._mustCancel, 0);
    }

    private void Reset(PeakLossRule rule)
    {
        rule.Reset(Equity());
        RetryAt = default;
        _before[IndexOf(rule.Rule)] = default;
    }

    // What became reached or near since the last look is told once.
    private void Compare(Timestamp now)
    {
        for (int i = 0; i < _measured.Length; i++)
        {
            (AccountLimit limit, AlertKind reached, AlertKind near) = _measured[i];
            (bool isReached, bool isNear) = (limit.IsReached(now), limit.IsNear(now));
            bool begins = isReached && !_before[i].Reached;
            _mustCancel |= begins;
            if (begins || (isNear && !isReached && !_before[i].Near))
            {
                _alerts.Enqueue(begins ? reached : near);
            }

            _before[i] = (isReached, isNear);
        }
    }

    private int IndexOf(DenyRule rule)
    {
        int index = 0;
        while (_measured[index].Limit.Rule != rule)
        {
            index++;
        }

        return index;
    }

    private static GateBound BoundOf(DenyRule rule) => rule is DenyRule.MaxDrawdown ? GateBound.UpTo : GateBound.Below;
}

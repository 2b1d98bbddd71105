using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Strategies.Breakouts;
using Harrier.Strategies.Lifecycle;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="PrelevelLimit"/>.</summary>
public sealed record PrelevelLimitSettings : LevelStrategySettings
{
    /// <summary>Distance of the order before the level, in bps.</summary>
    [StrategyParameter("distance of the order before the level, in bps of it", Min = 0, Max = 100)]
    public double PrelevelLimitOffsetBps { get; init; } = 2;

    /// <summary>Score that a level has at least.</summary>
    [StrategyParameter("score that a level has at least", Min = 0, Max = 1)]
    public double MinScore { get; init; } = 0.6;
}

/// <summary>
/// Stands in the way of a breakout before it happens: a limit order just before the level, taken back when the approach turns bad, the level is broken or
/// gone, or its time is over; see <see cref="PrelevelCondition"/>.
/// </summary>
[StrategyKey("PRELEVEL_LIMIT", "enters with a limit order just before a level that is approached slowly")]
public sealed class PrelevelLimit : LevelStrategy
{
    private const double SameLevel = 0.001;
    private const double Reach = 0.005;

    private readonly PrelevelLimitSettings _settings;
    private double _orderLevel = double.NaN;

    /// <summary>Creates it.</summary>
    public PrelevelLimit(PrelevelLimitSettings settings)
        : base(settings, new BreakoutRules { PrelevelLimitOffsetBps = settings.PrelevelLimitOffsetBps })
    {
        _settings = settings;
    }

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        if (!Levels.IsReady || !Bars.IsFull)
        {
            return;
        }

        if (Signals.Live is [{ Status: SignalStatus.Active } signal, ..])
        {
            Watch(in signal, values.Close);
            return;
        }

        IReadOnlyList<PriceLevel> levels = Levels.Levels;
        for (int i = 0; i < levels.Count; i++)
        {
            PriceLevel level = levels[i];
            OrderSide side = level.Kind == LevelKind.Resistance ? OrderSide.Buy : OrderSide.Sell;
            if (Math.Abs(values.Close - level.Price) > Reach * level.Price)
            {
                continue;
            }

            BreakoutFacts facts = FactsAt(in level, side, values.Close);
            SetupDecision setup = facts.Score < _settings.MinScore
                ? SetupDecision.No(SetupKind.Prelevel, "signal:prelevel:score")
                : PrelevelCondition.Judge(in facts, Rules, (double)Instrument.Definition.TickSize);
            if (Take(in setup, isLimit: true))
            {
                _orderLevel = level.Price;
            }

            if (setup.IsValid)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        base.SaveState(ref writer);
        writer.Write(_orderLevel);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        base.RestoreState(ref reader);
        _orderLevel = reader.ReadDouble();
    }

    private void Watch(in TrackedSignal signal, double close)
    {
        LevelKind kind = signal.Side == OrderSide.Buy ? LevelKind.Resistance : LevelKind.Support;
        PriceLevel? level = Find(kind);
        bool isBroken = signal.Side == OrderSide.Buy ? close >= _orderLevel : close <= _orderLevel;
        if (level is not { } there)
        {
            TakeBack(in signal, "signal:prelevel:level_gone");
        }
        else if (isBroken)
        {
            TakeBack(in signal, "signal:prelevel:broken");
        }
        else if (!FactsAt(in there, signal.Side, close).IsApproachedWell)
        {
            TakeBack(in signal, "signal:prelevel:approach");
        }
    }

    private PriceLevel? Find(LevelKind kind)
    {
        IReadOnlyList<PriceLevel> levels = Levels.Accepted;
        for (int i = 0; i < levels.Count; i++)
        {
            if (levels[i].Kind == kind && Math.Abs(levels[i].Price - _orderLevel) <= SameLevel * _orderLevel)
            {
                return levels[i];
            }
        }

        return null;
    }
}

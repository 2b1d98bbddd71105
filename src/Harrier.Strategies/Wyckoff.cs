using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Patterns;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="Wyckoff"/>.</summary>
public sealed record WyckoffStrategySettings
{
    /// <summary>Bars of a range.</summary>
    [StrategyParameter("bars from the climax on before a range is mature", Min = 1, Max = 10_000)]
    public int MinRangeBars { get; init; } = 20;

    /// <summary>Confidence of a structure.</summary>
    [StrategyParameter("confidence that a structure has at least", Min = 0, Max = 1)]
    public double MinStructureConfidence { get; init; }

    /// <summary>Whether the position is left at the structure's target.</summary>
    [StrategyParameter("whether the position is left at the height of the range beyond it")]
    public bool LeaveAtTarget { get; init; } = true;

    /// <summary>Whether structures that left their range without a spring are traded.</summary>
    [StrategyParameter("whether structures that left their range without a spring are traded at their last point of support")]
    public bool TradeWithoutSpring { get; init; }
}

/// <summary>
/// Follows Wyckoff structures: one trade for each, at the test of its spring or when it leaves its range after one, with its stop under the spring. A
/// distribution is mirrored. All rules are those of <see cref="WyckoffDetector"/>.
/// </summary>
[StrategyKey("WYCKOFF", "buys accumulations after their spring, sells distributions after their upthrust")]
public sealed class Wyckoff : SetupStrategy
{
    private readonly WyckoffStrategySettings _settings;
    private WyckoffDetector _detector = null!;
    private double _target = double.NaN;

    /// <summary>Creates it.</summary>
    public Wyckoff(WyckoffStrategySettings settings)
        : base(TimeSpan.FromMinutes(15))
    {
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUp => 700;

    /// <inheritdoc/>
    protected override void OnStart() => _detector = Features.Wyckoff(
        Instrument.Id,
        new WyckoffSettings { MinRangeBars = _settings.MinRangeBars, MaxRangeBars = Math.Max(300, _settings.MinRangeBars), TradesWithoutSpring = _settings.TradeWithoutSpring });

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        int held = Math.Sign(Position.Size.Value);
        if (_settings.LeaveAtTarget && ((held > 0 && values.Close >= _target) || (held < 0 && values.Close <= _target)))
        {
            Leave(1);
            return;
        }

        foreach (ref readonly WyckoffSignal signal in _detector.Signals.New)
        {
            SetupDecision setup = Of(in signal);
            if (Take(in setup))
            {
                _target = signal.Target;
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        base.Describe(meta);
        WyckoffCycle? leading = _detector.Leading;
        meta.Add("schematic", leading is null ? "" : ReferenceEquals(leading, _detector.Accumulation) ? "accumulation" : "distribution");
        meta.Add("phase", leading is null ? "" : leading.Phase.ToString());
        meta.Add("support", leading?.Support ?? double.NaN);
        meta.Add("resistance", leading?.Resistance ?? double.NaN);
        meta.Add("target", leading?.Target ?? double.NaN);
        meta.Add("structure_confidence", leading?.Confidence ?? double.NaN);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        base.SaveState(ref writer);
        writer.Write(_target);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        base.RestoreState(ref reader);
        _target = reader.ReadDouble();
    }

    private SetupDecision Of(in WyckoffSignal signal)
    {
        OrderSide side = signal.IsBuy ? OrderSide.Buy : OrderSide.Sell;
        string? refusal = signal.Confidence < _settings.MinStructureConfidence ? "signal:spring:confidence"
            : !StopChoice.IsLosing(side, signal.Entry, signal.Stop) ? "signal:spring:stop"
            : null;
        return refusal is not null ? SetupDecision.No(SetupKind.Spring, refusal) : new SetupDecision
        {
            Kind = SetupKind.Spring,
            Side = side,
            Entry = signal.Entry,
            Stop = signal.Stop,
            Confidence = signal.Confidence,
            Confluence = Confluences.Wyckoff,
        };
    }
}

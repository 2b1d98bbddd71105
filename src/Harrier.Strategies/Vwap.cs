using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>From where a volume-weighted average price counts.</summary>
public enum VwapAnchor
{
    /// <summary>From 00:00 UTC of the day.</summary>
    Session,

    /// <summary>The last <see cref="VwapSettings.Window"/> bars.</summary>
    Rolling,

    /// <summary>From the first bar of the data; where that is changes every value.</summary>
    Cumulative,
}

/// <summary>Settings of <see cref="Vwap"/>.</summary>
public sealed record VwapSettings
{
    /// <summary>Distance from the average, as a fraction of it, beyond which the price is expected to come back.</summary>
    [StrategyParameter("distance from the average, as a fraction, that opens a position", Min = 0.0001, Max = 1)]
    public double Threshold { get; init; } = 0.02;

    /// <summary>From where the average counts.</summary>
    [StrategyParameter("from where the average counts: the UTC day, the last window bars, or the start of the data")]
    public VwapAnchor Anchor { get; init; } = VwapAnchor.Session;

    /// <summary>Bars of the rolling anchor.</summary>
    [StrategyParameter("bars of the rolling anchor; the others ignore it", Min = 1, Max = 10_000)]
    public int Window { get; init; } = 150;
}

/// <summary>
/// Buys below and sells above the volume-weighted average price: it expects the price to come back, it does not follow it. Where no bar
/// had volume there is no average, and it holds.
/// </summary>
[StrategyKey("VWAP", "buys below and sells above the volume-weighted average price")]
public sealed class Vwap(VwapSettings settings) : Strategy
{
    private const int MinimumBars = 5;

    private readonly SessionVwap? _wholeData = settings.Anchor == VwapAnchor.Cumulative ? new() : null;
    private SignalMemory _memory;
    private IIndicator _vwap = null!;

    // Of the bar being handled, for Describe.
    private double _deviation;

    /// <summary>The window, or a day of one-minute bars for the session. The cumulative anchor depends on the start for ever.</summary>
    public override int WarmUp => WarmUpOn(TimeSpan.FromMinutes(1));

    /// <inheritdoc/>
    public override int WarmUpOn(TimeSpan interval) => settings.Anchor switch
    {
        VwapAnchor.Session => Math.Max((int)Math.Ceiling(TimeSpan.FromDays(1) / interval), MinimumBars),
        VwapAnchor.Rolling => Math.Max(settings.Window, MinimumBars),
        _ => MinimumBars,
    };

    /// <inheritdoc/>
    protected override void OnStart()
    {
        int window = settings.Window;
        _vwap = settings.Anchor switch
        {
            VwapAnchor.Session => Features.Share(Instrument.Id, "vwap", () => new SessionVwap()),
            VwapAnchor.Rolling => Features.Share(Instrument.Id, FormattableString.Invariant($"rvwap:{window}"), () => new RollingVwap(window)),
            _ => _wholeData!,
        };
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id)
        {
            return;
        }

        // Bars without times are one session.
        _wholeData?.Update(values with { OpenTime = default });
        if (!_memory.Count(MinimumBars))
        {
            return;
        }

        _deviation = (values.Close - _vwap.Value) / _vwap.Value;
        double distance = Math.Abs(_deviation);
        if (double.IsNaN(distance))
        {
            Emit(SignalSide.Hold, 0);
            return;
        }

        SignalSide side = distance > settings.Threshold
            ? _memory.Call(_deviation < 0 ? SignalSide.Buy : SignalSide.Sell)
            : SignalSide.Hold;
        Emit(side, Math.Min(distance / settings.Threshold, 1));
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("vwap", _vwap.Value);
        meta.Add("deviation", _deviation);
        meta.Add("threshold", settings.Threshold);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        _memory.Save(ref writer);
        _wholeData?.Save(ref writer);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        _memory.Restore(ref reader);
        _wholeData?.Restore(ref reader);
    }
}

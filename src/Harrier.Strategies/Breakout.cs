using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="Breakout"/>.</summary>
public sealed record BreakoutSettings
{
    /// <summary>Bars before the current one that make the range and the usual volume.</summary>
    [StrategyParameter("bars before the current one that make range and usual volume", Min = 1, Max = 10_000)]
    public int Lookback { get; init; } = 20;

    /// <summary>How many times the usual volume a breakout needs.</summary>
    [StrategyParameter("how many times the usual volume a breakout needs", Min = 0, Max = 1000)]
    public double VolumeFactor { get; init; } = 1.5;
}

/// <summary>
/// Follows a close outside the range of the bars before it, when the volume is more than a multiple of their mean. A close on the edge is
/// not a breakout. Data in which neither the bar nor those before it have volume cannot confirm anything: then the price alone counts.
/// </summary>
[StrategyKey("BREAKOUT", "follows a close outside the recent range on high volume")]
public sealed class Breakout(BreakoutSettings settings) : Strategy
{
    private const int SettlingBars = 5;

    private readonly Sma _usualVolume = new(settings.Lookback);
    private SignalMemory _memory;
    private DonchianChannel _range = null!;

    // Of the bar being handled, for Describe.
    private bool _isConfirmed;

    /// <inheritdoc/>
    public override int WarmUp => settings.Lookback + SettlingBars;

    /// <inheritdoc/>
    protected override void OnStart()
    {
        int lookback = settings.Lookback;
        _range = Features.Share(Instrument.Id, FormattableString.Invariant($"donchian:{lookback}"), () => new DonchianChannel(lookback));
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id)
        {
            return;
        }

        double usual = _usualVolume.Value;
        _usualVolume.Update(values.Volume);
        if (!_memory.Count(WarmUp))
        {
            return;
        }

        bool hasVolume = values.Volume > 0 || usual > 0;
        _isConfirmed = !hasVolume || values.Volume > usual * settings.VolumeFactor;
        double above = values.Close - _range.Upper;
        double below = _range.Lower - values.Close;
        SignalSide side = _isConfirmed && Math.Max(above, below) > 0
            ? _memory.Call(above > 0 ? SignalSide.Buy : SignalSide.Sell)
            : SignalSide.Hold;
        Emit(side, side == SignalSide.Hold ? 0 : Confidence(Math.Max(above, below), _range.Upper - _range.Lower));
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("recent_high", _range.Upper);
        meta.Add("recent_low", _range.Lower);
        meta.Add("volume_confirmed", _isConfirmed);
        meta.Add("lookback", settings.Lookback);
        meta.Add("volume_factor", settings.VolumeFactor);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        _memory.Save(ref writer);
        writer.Write(_usualVolume);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        _memory.Restore(ref reader);
        reader.Read(_usualVolume);
    }

    private static double Confidence(double distance, double range) => range > 0 ? Math.Min(2 * distance / range, 1) : 0;
}

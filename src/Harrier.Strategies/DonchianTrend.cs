using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="DonchianTrend"/>.</summary>
public sealed record DonchianTrendSettings
{
    /// <summary>Bars before the current one whose extreme opens a position.</summary>
    [StrategyParameter("bars before the current one whose extreme opens a position", Min = 1, Max = 10_000)]
    public int Entry { get; init; } = 20;

    /// <summary>Bars before the current one whose opposite extreme closes it.</summary>
    [StrategyParameter("bars before the current one whose opposite extreme closes it; not above entry", Min = 1, Max = 10_000)]
    public int Exit { get; init; } = 10;
}

/// <summary>
/// Trend following by Donchian channels, as the Turtles traded it (Faith, 2003): in with a close beyond the extreme of the longer channel,
/// out with a close beyond the opposite extreme of the shorter one. Both channels end before the current bar.
/// </summary>
[StrategyKey("DONCHIAN_TREND", "follows a close beyond the longer channel, leaves beyond the shorter one")]
public sealed class DonchianTrend : Strategy
{
    private readonly DonchianTrendSettings _settings;
    private SignalMemory _memory;
    private DonchianChannel _entry = null!;
    private DonchianChannel _exit = null!;

    /// <summary>Creates it.</summary>
    /// <exception cref="StrategyInputException">The exit channel is the longer one.</exception>
    public DonchianTrend(DonchianTrendSettings settings)
    {
        StrategyInputException.Require(settings.Exit <= settings.Entry, settings.Exit, FormattableString.Invariant($"at most entry, {settings.Entry}"));
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUp => _settings.Entry + 1;

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _entry = Channel(_settings.Entry);
        _exit = Channel(_settings.Exit);
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id || !_entry.IsReady)
        {
            return;
        }

        Emit(Decide(values.Close), Confidence(values.Close));
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("entry_high", _entry.Upper);
        meta.Add("entry_low", _entry.Lower);
        meta.Add("exit_high", _exit.Upper);
        meta.Add("exit_low", _exit.Lower);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);

    private SignalSide Decide(double close)
    {
        if (close > _entry.Upper)
        {
            return _memory.Call(SignalSide.Buy);
        }

        if (close < _entry.Lower)
        {
            return _memory.Call(SignalSide.Sell);
        }

        bool leaves = (_memory.Last == SignalSide.Buy && close < _exit.Lower) || (_memory.Last == SignalSide.Sell && close > _exit.Upper);
        return leaves ? _memory.Exit() : SignalSide.Hold;
    }

    // How far the close is from the middle of the channel: 0 there, 1 at the edges and beyond.
    private double Confidence(double close)
    {
        double range = _entry.Upper - _entry.Lower;
        return range > 0 ? Math.Min(2 * Math.Abs(close - _entry.Middle) / range, 1) : 0;
    }

    private DonchianChannel Channel(int period) =>
        Features.Share(Instrument.Id, FormattableString.Invariant($"donchian:{period}"), () => new DonchianChannel(period));
}

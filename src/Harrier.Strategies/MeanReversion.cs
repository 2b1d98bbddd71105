using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="MeanReversion"/>.</summary>
public sealed record MeanReversionSettings
{
    /// <summary>Bars in mean and deviation, the current one included.</summary>
    [StrategyParameter("bars in mean and deviation", Min = 2, Max = 10_000)]
    public int Window { get; init; } = 20;

    /// <summary>Half width of the bands in standard deviations.</summary>
    [StrategyParameter("half width of the bands in standard deviations", Min = 0.1, Max = 10)]
    public double StdDevFactor { get; init; } = 2;

    /// <summary>Distance from the mean, in standard deviations, beyond which the price is expected to come back.</summary>
    [StrategyParameter("distance from the mean in standard deviations that opens a position", Min = 0, Max = 100)]
    public double ZEntry { get; init; } = 2;

    /// <summary>Distance from the mean, in standard deviations, below which it has come back.</summary>
    [StrategyParameter("distance from the mean in standard deviations that closes it; not above z_entry", Min = 0, Max = 100)]
    public double ZExit { get; init; } = 0.5;
}

/// <summary>
/// Buys far below and sells far above the moving average, leaves when the price is back. The distance is z = (close - mean) / s with the
/// sample deviation s of the window (divisor n - 1), so that |z| cannot exceed (n - 1)/sqrt(n).
/// </summary>
[StrategyKey("MEAN_REVERSION", "buys far below the moving average, sells far above it, leaves at the average")]
public sealed class MeanReversion : Strategy
{
    private const int SettlingBars = 5;
    private const double HoldFactor = 0.3;

    private readonly MeanReversionSettings _settings;
    private SignalMemory _memory;
    private ZScore _z = null!;
    private BollingerBands _bands = null!;

    /// <summary>Creates it.</summary>
    /// <exception cref="StrategyInputException">The exit lies beyond the entry.</exception>
    public MeanReversion(MeanReversionSettings settings)
    {
        StrategyInputException.Require(settings.ZExit <= settings.ZEntry, settings.ZExit, FormattableString.Invariant($"at most z_entry, {settings.ZEntry}"));
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUp => _settings.Window + SettlingBars;

    /// <inheritdoc/>
    protected override void OnStart()
    {
        (int window, double factor) = (_settings.Window, _settings.StdDevFactor);
        _z = Features.Share(Instrument.Id, FormattableString.Invariant($"zscore:{window}:sample"), () => new ZScore(window, Deviation.Sample));
        _bands = Features.Share(
            Instrument.Id, FormattableString.Invariant($"bbands:{window}:{factor}:sample"), () => new BollingerBands(window, factor, Deviation.Sample));
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id || !_memory.Count(WarmUp))
        {
            return;
        }

        double z = _z.Value;
        if (double.IsNaN(z))
        {
            Emit(SignalSide.Hold, 0);
            return;
        }

        SignalSide side = Decide(z);
        double distance = Math.Abs(z);
        double confidence = (0.6 * Math.Min(Share(distance, _settings.ZEntry), 1)) + (0.4 * Math.Min(distance / _settings.StdDevFactor, 1));
        Emit(side, side is SignalSide.Buy or SignalSide.Sell ? confidence : HoldFactor * confidence);
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("moving_average", _bands.Middle);
        meta.Add("upper_band", _bands.Upper);
        meta.Add("lower_band", _bands.Lower);
        meta.Add("z_score", _z.Value);
        meta.Add("window", _settings.Window);
        meta.Add("std_dev_factor", _settings.StdDevFactor);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => _memory.Save(ref writer);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _memory.Restore(ref reader);

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 1;

    private SignalSide Decide(double z)
    {
        if (z < -_settings.ZEntry)
        {
            return _memory.Call(SignalSide.Buy);
        }

        if (z > _settings.ZEntry)
        {
            return _memory.Call(SignalSide.Sell);
        }

        return Math.Abs(z) < _settings.ZExit && _memory.Last != SignalSide.Hold ? _memory.Exit() : SignalSide.Hold;
    }
}

using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Strategies.Breakouts;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="BreakoutRetest"/>.</summary>
public sealed record BreakoutRetestSettings : LevelStrategySettings
{
    /// <summary>How far beyond the level a close counts as a breakout.</summary>
    [StrategyParameter("how far beyond the level a close counts as a breakout, as a fraction of it", Min = 0, Max = 0.1)]
    public double MomentumEpsilon { get; init; } = 0.0015;

    /// <summary>Distance of the entry beyond the level.</summary>
    [StrategyParameter("distance of the entry beyond the level, as a fraction of it", Min = 0, Max = 0.1)]
    public double RetestPierceTolerance { get; init; } = 0.002;

    /// <summary>How far the price may go through the level.</summary>
    [StrategyParameter("how far the price may go through the level, in ATR", Min = 0, Max = 10)]
    public double RetestMaxPierceAtr { get; init; } = 0.4;

    /// <summary>Trades a minute at the touch over their mean of the last hour.</summary>
    [StrategyParameter("trades a minute at the touch over their mean of the last hour, at least; with trades only", Min = 0, Max = 10)]
    public double TpmOnTouchFrac { get; init; } = 0.7;

    /// <summary>Mean volume of 5 bars over that of the 15 before them.</summary>
    [StrategyParameter("mean volume of 5 bars over that of the 15 before them, at least; without trades", Min = 0, Max = 100)]
    public double RetestVolumeRatio { get; init; } = 0.8;

    /// <summary>Whether only levels are retested that were broken within a day.</summary>
    [StrategyParameter("whether only levels that were broken within a day are traded")]
    public bool RequireBreakout { get; init; } = true;
}

/// <summary>
/// Enters when the price comes back to a level: on the side of the level's last breakout, of which it remembers seven days and follows one; see
/// <see cref="RetestCondition"/>. With trades it looks at them as they come, once a second at most.
/// </summary>
[StrategyKey("BREAKOUT_RETEST", "enters with a limit order when the price comes back to a level that it broke")]
public sealed class BreakoutRetest : LevelStrategy
{
    private static readonly TimeSpan _followed = TimeSpan.FromHours(24);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly BreakoutRetestSettings _settings;
    private readonly RememberedBreakouts _past = new();
    private Timestamp _nextLook;

    /// <summary>Creates it.</summary>
    public BreakoutRetest(BreakoutRetestSettings settings)
        : base(settings, new BreakoutRules
        {
            MomentumEpsilon = settings.MomentumEpsilon,
            RetestPierceTolerance = settings.RetestPierceTolerance,
            RetestMaxPierceAtr = settings.RetestMaxPierceAtr,
            TpmOnTouchFrac = settings.TpmOnTouchFrac,
            RetestVolumeRatio = settings.RetestVolumeRatio,
        })
    {
        _settings = settings;
    }

    /// <inheritdoc/>
    public override int WarmUpOn(TimeSpan interval) => WarmUp + (int)Math.Ceiling(_followed / interval);

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        if (!Levels.IsReady || !Bars.IsFull)
        {
            return;
        }

        IReadOnlyList<PriceLevel> levels = Levels.Levels;
        for (int i = 0; i < levels.Count; i++)
        {
            PriceLevel level = levels[i];
            if (BrokenBy(in level, values.Close) is { } side)
            {
                _past.Add(level.Price, side, Now);
            }
        }

        Look(values.Close);
    }

    /// <inheritdoc/>
    protected override void OnTrade(in MarketEvent trade)
    {
        if (trade.Instrument != Instrument.Id || Now < _nextLook || !Levels.IsReady || !Bars.IsFull)
        {
            return;
        }

        _nextLook = Now + _pause;
        Look(Instrument.ToDouble(trade.Price));
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        base.SaveState(ref writer);
        writer.Write(_past);
        writer.Write(_nextLook);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        base.RestoreState(ref reader);
        reader.Read(_past);
        _nextLook = reader.ReadTimestamp();
    }

    private void Look(double price)
    {
        IReadOnlyList<PriceLevel> levels = Levels.Levels;
        for (int i = 0; i < levels.Count; i++)
        {
            PriceLevel level = levels[i];
            PastBreakout? past = _past.At(level.Price, _followed, Now);
            bool isNear = Math.Abs(price - level.Price) <= Rules.RetestDistance * level.Price;

            // The bar that breaks a level does not retest it.
            if (!isNear || past?.Time == Now || (past is null && _settings.RequireBreakout))
            {
                continue;
            }

            OrderSide side = past?.Side ?? (level.Kind == LevelKind.Support ? OrderSide.Buy : OrderSide.Sell);
            BreakoutFacts facts = FactsAt(in level, side, price) with { HoursSinceBreakout = past is { } one ? (Now - one.Time).TotalHours : double.NaN };
            SetupDecision setup = RetestCondition.Judge(in facts, Rules);
            if (Take(in setup, isLimit: true) || setup.IsValid)
            {
                return;
            }
        }
    }
}

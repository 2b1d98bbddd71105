using System.Globalization;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Strategies.Presets;

/// <summary>What a preset says to the platform: how positions are sized and left, and what the account may risk.</summary>
public static class PresetRules
{
    /// <summary>Loss at the stop of each entry.</summary>
    public static PositionSizing SizingOf(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return new PositionSizing(SizingMethod.RiskOfEquity, (decimal)preset.Risk.RiskPerTrade);
    }

    /// <summary>Bounds of the size of an entry.</summary>
    public static EntryLimits EntriesOf(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        return new EntryLimits { MaxValue = (decimal)preset.Risk.MaxPositionSizeUsd };
    }

    /// <summary>How positions are left, and whether they grow.</summary>
    /// <exception cref="PresetException">The second target is not beyond the first, or both leave more than there is.</exception>
    public static ExitRules ExitsOf(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        PositionRules rules = preset.PositionConfig;
        Require(rules.Tp2R > rules.Tp1R, $"{preset.Name}, position_config.tp2_r", rules.Tp2R, "above tp1_r");
        Require(
            (decimal)rules.Tp1SizePct + (decimal)rules.Tp2SizePct <= 1, $"{preset.Name}, position_config.tp2_size_pct", rules.Tp2SizePct, "with tp1_size_pct at most 1");
        return new ExitRules
        {
            FirstTarget = new ProfitTarget((decimal)rules.Tp1R, (decimal)rules.Tp1SizePct),
            SecondTarget = new ProfitTarget((decimal)rules.Tp2R, (decimal)rules.Tp2SizePct),
            ChandelierMultiple = rules.ChandelierAtrMult,
            TimeStop = TimeSpan.FromMinutes(rules.TimeStopMinutes),
            MaxHold = TimeSpan.FromHours(rules.MaxHoldTimeHours),
            PanicDrop = rules.PanicExitOnActivityDrop ? rules.ActivityDropThreshold : null,
            AddOn = rules is { AddOnEnabled: true, AddOnMaxSizePct: > 0 } ? new AddOnRule { Share = (decimal)rules.AddOnMaxSizePct } : null,
        };
    }

    /// <summary>Limits of an account; what the preset does not speak of stays as it is.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="limits">The limits without it.</param>
    public static RiskLimits LimitsOf(Preset preset, RiskLimits limits)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(limits);
        return limits with
        {
            MaxPositions = preset.Risk.MaxConcurrentPositions,
            MaxDailyLoss = (decimal)preset.Risk.DailyRiskLimit,
            MaxCorrelation = preset.Risk.CorrelationLimit,
            MaxLossesInARow = preset.Risk.MaxConsecutiveLosses,
            KillSwitchLoss = (decimal)preset.Risk.KillSwitchLossLimit,
        };
    }

    private static void Require(bool isAllowed, string field, double value, string allowed)
    {
        if (!isAllowed)
        {
            throw new PresetException(field, value.ToString(CultureInfo.InvariantCulture), allowed);
        }
    }
}

using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Strategies.Presets;

namespace Harrier.Tests.Strategies.Presets;

/// <summary>What presets say to the platform arrives there, and is in range there.</summary>
public sealed class PresetRulesTests
{
    [Fact]
    public void ExitsOf_TheUsualPreset_AreThePublishedRules()
    {
        ExitRules rules = PresetRules.ExitsOf(new Preset { Name = "own" });
        rules.ShouldBe(new ExitRules { AddOn = new AddOnRule() });
        (rules.FirstTarget, rules.SecondTarget).ShouldBe((new ProfitTarget(1.6m, 0.4m), new ProfitTarget(3, 0.35m)));
    }

    [Fact]
    public void ExitsOf_APresetWithoutPanicAndAddOn_HasNeither()
    {
        ExitRules rules = PresetRules.ExitsOf(new Preset { Name = "own", PositionConfig = new PositionRules { PanicExitOnActivityDrop = false, AddOnEnabled = false } });
        (rules.PanicDrop, rules.AddOn).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(2, 2, 0.3, "own, position_config.tp2_r: 2: above tp1_r")]
    [InlineData(1, 2, 0.7, "own, position_config.tp2_size_pct: 0.7: with tp1_size_pct at most 1")]
    public void ExitsOf_TargetsThatContradictEachOther_AreRefused(double first, double second, double share, string message)
    {
        Preset preset = new() { Name = "own", PositionConfig = new PositionRules { Tp1R = first, Tp2R = second, Tp2SizePct = share } };
        Should.Throw<PresetException>(() => PresetRules.ExitsOf(preset)).Message.ShouldBe(message);
    }

    [Fact]
    public void LimitsOf_TheUsualPreset_LeaveTheRestAsItIs() =>
        PresetRules.LimitsOf(new Preset { Name = "own" }, new RiskLimits { Leverage = 3 }).ShouldBe(new RiskLimits
        {
            Leverage = 3,
            MaxPositions = 3,
            MaxDailyLoss = 0.08m,
            MaxCorrelation = 0.4,
            MaxLossesInARow = 5,
            KillSwitchLoss = 0.18m,
        });

    [Theory]
    [InlineData("high_percent_breakout")]
    [InlineData("conservative_breakout")]
    [InlineData("scalping_breakout")]
    public void Rules_OfEveryPresetThatComesWithTheProgram_AreInRange(string name)
    {
        Preset preset = PresetFolders.Usual().Find(name);
        Should.NotThrow(PresetRules.ExitsOf(preset).Check);
        Should.NotThrow(PresetRules.EntriesOf(preset).Check);
        Should.NotThrow(PresetRules.LimitsOf(preset, new RiskLimits()).Check);
        PresetRules.SizingOf(preset).ShouldBe(new PositionSizing(SizingMethod.RiskOfEquity, (decimal)preset.Risk.RiskPerTrade));
    }
}

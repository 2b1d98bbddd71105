using Harrier.Engine.Strategies;
using Harrier.Strategies;
using Harrier.Strategies.Presets;

namespace Harrier.Tests.Strategies.Presets;

/// <summary>What a preset says reaches the parameters of the same names, and what it does not reach is named.</summary>
public sealed class PresetParametersTests
{
    private static readonly StrategyCatalog Catalog = new(typeof(BreakoutMomentum).Assembly);

    public static TheoryData<string> Shipped => [.. PresetFolders.Usual().Names()];

    [Fact]
    public void Of_StrategyAtLevels_GivesTheValuesOfThePreset()
    {
        Preset preset = new() { Name = "own", SignalConfig = new SignalRules { MomentumEpsilon = 0.0025 }, LevelsRules = new LevelRules { MinTouches = 4, PreferRoundNumbers = false } };
        Dictionary<string, string> values = new(PresetParameters.Of(preset, Catalog.Find("BREAKOUT_MOMENTUM")));
        values["momentum_epsilon"].ShouldBe("0.0025");
        values["min_touches"].ShouldBe("4");
        values["prefer_round_numbers"].ShouldBe("false");
        values.ShouldNotContainKey("retest_max_pierce_atr");
        values.ShouldNotContainKey("tp1_r");
    }

    [Fact]
    public void Of_StrategyWithoutSuchParameters_IsRefused() =>
        Should.Throw<PresetException>(() => PresetParameters.Of(new Preset { Name = "own" }, Catalog.Find("MEAN_REVERSION"))).Message
            .ShouldBe("preset: own: for a strategy on levels or walls, such as BREAKOUT_MOMENTUM: MEAN_REVERSION takes nothing of it");

    [Fact]
    public void NotFollowed_NamesWholeSectionsAndSingleKeys()
    {
        IReadOnlyList<string> left = PresetParameters.NotFollowed(Catalog.Find("BREAKOUT_RETEST"));
        left.ShouldContain("liquidity_filters");
        left.ShouldContain("levels_rules.round_step_candidates");
        left.ShouldNotContain("signal_config.tpm_on_touch_frac");
        left.ShouldNotContain(key => key.StartsWith("position_config", StringComparison.Ordinal));
        left.ShouldNotContain("risk");
        left.ShouldNotContain("execution_config");
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Of_EveryPresetThatComesWithTheProgram_IsTakenByEveryStrategyAtLevels(string name)
    {
        Preset preset = PresetFolders.Usual().Find(name);
        preset.Name.ShouldBe(name);
        foreach (string key in (string[])["BREAKOUT_MOMENTUM", "BREAKOUT_RETEST", "PRELEVEL_LIMIT", "DENSITY_BREAKOUT"])
        {
            Should.NotThrow(() => Catalog.Create(key, PresetParameters.Of(preset, Catalog.Find(key))), key);
        }
    }
}

using System.Text;
using Harrier.Strategies.Presets;
using Harrier.Tests.Support;

namespace Harrier.Tests.Strategies.Presets;

/// <summary>Presets are read strictly: every key is known, every number in its range, and a misspelt key is told its neighbor.</summary>
public sealed class PresetReaderTests
{
    [Fact]
    public void Read_OfThePresetThatComesWithTheProgram_GivesItsNumbers()
    {
        Preset preset = PresetFolders.Usual().Find("high_percent_breakout");
        (preset.DensityConfig.KDensity, preset.DensityConfig.BucketTicks, preset.DensityConfig.LookbackWindowS).ShouldBe((7, 3, 300));
        (preset.SignalConfig.EnterOnDensityEatRatio, preset.SignalConfig.PrelevelLimitOffsetBps, preset.SignalConfig.TpmOnTouchFrac).ShouldBe((0.75, 2, 0.7));
        (preset.PositionConfig.ActivityDropThreshold, preset.PositionConfig.TimeStopMinutes).ShouldBe((0.4, 180));
        (preset.Risk.RiskPerTrade, preset.Risk.KillSwitchLossLimit, preset.Risk.MaxPositionSizeUsd).ShouldBe((0.015, 0.18, 60_000));
        (preset.LiquidityFilters.Min24HVolumeUsd, preset.LiquidityFilters.MinDepthUsd03Pct).ShouldBe((20_000_000, 12_000));
        preset.LevelsRules.RoundStepCandidates.ShouldBe([0.01, 0.05, 0.1, 1, 5, 10]);
        preset.DensityConfig.Settings(0.8).EatenRatio.ShouldBe(0.8);
    }

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSame()
    {
        Preset preset = new() { Name = "own", Risk = new RiskRules { RiskPerTrade = 0.005 }, LevelsRules = new LevelRules { RoundStepCandidates = [3] } };
        Preset read = Read(PresetReader.Write(preset));
        (read with { LevelsRules = preset.LevelsRules }).ShouldBe(preset);
        read.LevelsRules.RoundStepCandidates.ShouldBe([3]);
    }

    [Theory]
    [InlineData("""{"name":"a","signal_config":{"tpm_on_tuch_frac":0.7}}""", "test, signal_config.tpm_on_tuch_frac: 0.7: no such key, tpm_on_touch_frac is the nearest known")]
    [InlineData("""{"name":"a","denstiy_config":{}}""", "test, denstiy_config: {}: no such key, density_config is the nearest known")]
    [InlineData("""{"name":"a","risk":{"risk_per_trade":2}}""", "test, risk.risk_per_trade: 2: a number from 0.0001 to 0.2")]
    [InlineData("""{"name":"a","risk":{"max_concurrent_positions":1.5}}""", "test, risk.max_concurrent_positions: 1.5: a whole number from 1 to 1000")]
    [InlineData("""{"name":"a","risk":{"risk_per_trade":"much"}}""", "test, risk.risk_per_trade: much: a number from 0.0001 to 0.2")]
    [InlineData("""{"name":"a","position_config":{"add_on_enabled":1}}""", "test, position_config.add_on_enabled: 1: true or false")]
    [InlineData("""{"name":"a","levels_rules":{"round_step_candidates":[0]}}""", "test, levels_rules.round_step_candidates: [0]: a list of numbers above 0")]
    [InlineData("""{"name":"a","risk":[]}""", "test, risk: []: an object")]
    [InlineData("""{"name":"a","name":"b"}""", "test, name: b: each key once")]
    [InlineData("""{"risk":{}}""", "test, name: none given: a text")]
    [InlineData("""[]""", "test: []: an object")]
    public void Read_OfWhatIsNotAllowed_NamesIt(string json, string expected) => Should.Throw<PresetException>(() => Read(json)).Message.ShouldBe(expected);

    [Fact]
    public void Read_OfNoJson_NamesTheLine() => Should.Throw<PresetException>(() => Read("{\n\"name\": }")).Field.ShouldBe("test, line 2");

    [Fact]
    public void Find_ByName_TakesTheUsersFirst()
    {
        using TemporaryFolder own = new();
        using TemporaryFolder shipped = new();
        own.Write("scalping.json", """{"name":"scalping","description":"mine"}""");
        shipped.Write("scalping.json", """{"name":"scalping","description":"theirs"}""");
        shipped.Write("slow.json", """{"name":"slow"}""");
        PresetFolders folders = new(own.Path, shipped.Path);
        folders.Find("scalping").Description.ShouldBe("mine");
        folders.Find("slow").Name.ShouldBe("slow");
        folders.Find(Path.Combine(shipped.Path, "scalping.json")).Description.ShouldBe("theirs");
        folders.Names().ShouldBe(["scalping", "slow"]);
        Should.Throw<PresetException>(() => folders.Find("scaping")).Message.ShouldBe("preset: scaping: no such preset, scalping is the nearest known");
        Should.Throw<PresetException>(() => folders.Find("x")).Message.ShouldBe("preset: x: a file, or one of scalping, slow");
    }

    private static Preset Read(string json) => PresetReader.Read(Encoding.UTF8.GetBytes(json), "test");
}

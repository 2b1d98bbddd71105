using Harrier.Cli.Options;
using Harrier.Engine.Strategies;
using Harrier.Strategies;
using Harrier.Strategies.Presets;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Options;

public sealed class StrategyOptionsTests : IDisposable
{
    private const string Mine = """[StrategyKey("MINE", "does nothing")] public sealed class Mine : Strategy;""";
    private const string Other = """[StrategyKey("OTHER", "does nothing")] public sealed class Other : Strategy;""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Choose_BuiltInKey_GivesTheStrategyWithItsParameters()
    {
        StrategyChoice choice = Choose("MEAN_REVERSION", null, "window=30", " z_exit = 0.25");
        choice.Configured.Strategy.ShouldBeOfType<MeanReversion>().WarmUp.ShouldBe(35);
        choice.Configured.Arguments.Select(argument => $"{argument.Parameter.Name}={argument.Text}")
            .ShouldBe(["window=30", "std_dev_factor=2", "z_entry=2", "z_exit=0.25"]);
        choice.SourceHash.ShouldBeNull();
    }

    [Fact]
    public void Parameters_OfAChoice_AreTypedAndEnumerationsAreWords() =>
        Choose("VWAP", null, "anchor=rolling").Parameters.Select(pair => pair.Value).ShouldBe([0.02, "rolling", 150]);

    [Fact]
    public void Choose_FileWithOneStrategy_NeedsNoKey()
    {
        _folder.Write("mine.cs", Mine);
        StrategyChoice choice = Choose(null, "mine.cs");
        choice.Configured.Descriptor.Key.ShouldBe("MINE");
        choice.SourceHash!.Length.ShouldBe(64);
    }

    [Fact]
    public void Choose_SameKeyFromAnotherText_HasAnotherSourceHash()
    {
        _folder.Write("a.cs", Mine);
        _folder.Write("b.cs", Mine + " ");
        Choose(null, "a.cs").SourceHash.ShouldNotBe(Choose(null, "b.cs").SourceHash);
        Choose(null, "a.cs").SourceHash.ShouldBe(Choose(null, "a.cs").SourceHash);
    }

    [Fact]
    public void Choose_FileWithTwoStrategies_NeedsAKey()
    {
        _folder.Write("both.cs", Mine + Other);
        Faults(null, "both.cs").ShouldBe([new StrategyFault("strategy", "none given", "one of MINE, OTHER")]);
        Choose("OTHER", "both.cs").Configured.Descriptor.Key.ShouldBe("OTHER");
        Faults("VWAP", "both.cs").ShouldHaveSingleItem().Allowed.ShouldBe("one of MINE, OTHER");
    }

    [Fact]
    public void Choose_FilesInTheStrategiesFolder_AreThereByKey()
    {
        _folder.Write("strategies/mine.cs", Mine);
        _folder.Write("strategies/other.cs", Other);
        Choose("OTHER", null).Configured.Descriptor.Key.ShouldBe("OTHER");
        StrategyChoice builtIn = Choose("VWAP", null);
        builtIn.Configured.Strategy.ShouldBeOfType<Vwap>();
        builtIn.SourceHash.ShouldBeNull();
    }

    [Fact]
    public void Choose_BrokenFileInTheStrategiesFolder_IsNamed()
    {
        _folder.Write("strategies/broken.cs", "class");
        Faults("VWAP", null).ShouldAllBe(fault => fault.Value.StartsWith("strategies/broken.cs(1,", StringComparison.Ordinal));
    }

    [Fact]
    public void Choose_FileThatIsMissing_IsNamed() =>
        Faults(null, "nowhere.cs").ShouldBe([new StrategyFault("strategy-file", "nowhere.cs", "a C# file that exists and can be read")]);

    [Fact]
    public void Choose_NothingGiven_ListsTheStrategies() => Faults(null, null).ShouldHaveSingleItem().Allowed.ShouldStartWith("one of BREAKOUT, BREAKOUT_MOMENTUM, ");

    [Fact]
    public void Choose_BadParameters_AreAllListed() => Faults("VWAP", null, "threshold", "=1", "anchor=noon", "window=5").ShouldBe(
    [
        new StrategyFault("param", "threshold", "name=value"), new StrategyFault("param", "=1", "name=value"),
        new StrategyFault("anchor", "noon", "one of session, rolling, cumulative"),
    ]);

    [Fact]
    public void Choose_WithAPreset_TakesFromItWhatIsNotGiven()
    {
        Preset preset = new() { Name = "own", SignalConfig = new SignalRules { MomentumEpsilon = 0.0025, MomentumBodyRatioMin = 0.6 } };
        StrategyChoice choice = StrategyOptions.Choose("BREAKOUT_MOMENTUM", null, ["momentum_epsilon=0.001"], _folder.Path, preset);
        Dictionary<string, object?> parameters = new(choice.Parameters);
        parameters["momentum_epsilon"].ShouldBe(0.001);
        parameters["momentum_body_ratio_min"].ShouldBe(0.6);
        choice.Preset.ShouldBe(preset);
    }

    private StrategyChoice Choose(string? key, string? file, params string[] parameters) => StrategyOptions.Choose(key, file, parameters, _folder.Path);

    private IReadOnlyList<StrategyFault> Faults(string? key, string? file, params string[] parameters) =>
        Should.Throw<StrategyInputException>(() => Choose(key, file, parameters)).Faults;
}

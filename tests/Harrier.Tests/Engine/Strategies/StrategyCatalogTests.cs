using System.Reflection;
using System.Reflection.Emit;
using Harrier.Engine.Strategies;

namespace Harrier.Tests.Engine.Strategies;

public sealed class StrategyCatalogTests
{
    private static readonly StrategyCatalog Catalog = new(typeof(StrategyCatalogTests).Assembly);

    [Fact]
    public void Strategies_OfAnAssembly_AreSortedByKey()
    {
        Catalog.Strategies.Select(strategy => strategy.Key).ShouldBe(["BUYS_ON_TRADES", "CATALOG_PLAIN", "CATALOG_SAMPLE", "FAILS_AT", "TRADES_AT_RANDOM"]);
        Catalog.Strategies[2].Description.ShouldBe("has a parameter of every kind");
        Catalog.Strategies[2].Type.ShouldBe(typeof(SampleStrategy));
    }

    [Fact]
    public void Parameters_OfASettingsRecord_AreListedInItsOrder()
    {
        IReadOnlyList<StrategyParameterDescriptor> parameters = Catalog.Find("CATALOG_SAMPLE").Parameters;
        parameters.Select(parameter => (parameter.Name, parameter.Kind, StrategyParameterDescriptor.Format(parameter.Default))).ShouldBe(
        [
            ("window", StrategyParameterKind.Int, "20"), ("z_entry", StrategyParameterKind.Double, "2.5"), ("size", StrategyParameterKind.Decimal, "0.10"),
            ("is_loud", StrategyParameterKind.Bool, "false"), ("first_mode", StrategyParameterKind.Enum, "very_calm"),
        ]);
        parameters[0].Description.ShouldBe("bars");
        (parameters[0].Min, parameters[0].Max, parameters[1].Max).ShouldBe((2, 50, null));
        parameters[4].Choices.ShouldBe(["very_calm", "wild"]);
    }

    [Fact]
    public void Create_WithoutParameters_UsesTheDefaults()
    {
        ConfiguredStrategy made = Catalog.Create("CATALOG_SAMPLE", []);
        ((SampleStrategy)made.Strategy).Settings.ShouldBe(new SampleSettings());
        made.Arguments.Select(argument => argument.Text).ShouldBe(["20", "2.5", "0.10", "false", "very_calm"]);
    }

    [Fact]
    public void Create_WithEveryParameter_SetsThem()
    {
        ConfiguredStrategy made = Catalog.Create(
            "catalog_sample", Pairs("window=12", "z_entry=1e1", "size=0.25", "is_loud=True", "first_mode=WILD"));
        ((SampleStrategy)made.Strategy).Settings.ShouldBe(new SampleSettings { Window = 12, ZEntry = 10, Size = 0.25m, IsLoud = true, FirstMode = SampleMode.Wild });
        made.Descriptor.Key.ShouldBe("CATALOG_SAMPLE");
        made.Arguments.Select(argument => argument.Text).ShouldBe(["12", "10", "0.25", "true", "wild"]);
    }

    [Fact]
    public void CreateAnother_AfterParameters_HasTheSameSettings()
    {
        ConfiguredStrategy made = Catalog.Create("CATALOG_SAMPLE", Pairs("window=12"));
        SampleStrategy another = made.CreateAnother().ShouldBeOfType<SampleStrategy>();
        another.ShouldNotBeSameAs(made.Strategy);
        another.Settings.ShouldBe(new SampleSettings { Window = 12 });
    }

    [Fact]
    public void Create_Twice_GivesTwoInstances() =>
        Catalog.Create("CATALOG_PLAIN", []).Strategy.ShouldNotBeSameAs(Catalog.Create("CATALOG_PLAIN", []).Strategy);

    [Theory]
    [InlineData("window=1", "window", "1", "a whole number from 2 to 50")]
    [InlineData("window=51", "window", "51", "a whole number from 2 to 50")]
    [InlineData("window=2.5", "window", "2.5", "a whole number from 2 to 50")]
    [InlineData("window=", "window", "", "a whole number from 2 to 50")]
    [InlineData("window=99999999999", "window", "99999999999", "a whole number from 2 to 50")]
    [InlineData("z_entry=-0.1", "z_entry", "-0.1", "a number, at least 0")]
    [InlineData("z_entry=NaN", "z_entry", "NaN", "a number, at least 0")]
    [InlineData("z_entry=Infinity", "z_entry", "Infinity", "a number, at least 0")]
    [InlineData("z_entry=1,5", "z_entry", "1,5", "a number, at least 0")]
    [InlineData("size=2", "size", "2", "a number, at most 1")]
    [InlineData("is_loud=1", "is_loud", "1", "true or false")]
    [InlineData("first_mode=1", "first_mode", "1", "one of very_calm, wild")]
    [InlineData("first_mode=very_calm,wild", "first_mode", "very_calm,wild", "one of very_calm, wild")]
    public void Create_BadValue_NamesFieldValueAndWhatIsAllowed(string given, string field, string value, string allowed) =>
        Faults("CATALOG_SAMPLE", given).ShouldBe([new StrategyFault(field, value, allowed)]);

    [Fact]
    public void Create_ManyFaults_ListsThemAll() => Faults("CATALOG_SAMPLE", "window=5", "window=6", "windw=1", "other=1", "size=9").ShouldBe(
    [
        new StrategyFault("window", "6", "given once; it already is 5"),
        new StrategyFault("windw", "1", "did you mean window? CATALOG_SAMPLE takes window, z_entry, size, is_loud, first_mode"),
        new StrategyFault("other", "1", "CATALOG_SAMPLE takes window, z_entry, size, is_loud, first_mode"),
        new StrategyFault("size", "9", "a number, at most 1"),
    ]);

    [Fact]
    public void Create_ParameterOfAStrategyWithout_IsRefused() =>
        Faults("CATALOG_PLAIN", "a=1").ShouldBe([new StrategyFault("a", "1", "CATALOG_PLAIN takes no parameters")]);

    [Fact]
    public void Create_RuleBetweenParametersBroken_ArrivesUnwrapped() =>
        Faults("CATALOG_SAMPLE", "window=50", "z_entry=50").ShouldBe([new StrategyFault("z_entry", "50", "below window, 50")]);

    [Theory]
    [InlineData("CATALOG_SAMPEL", "did you mean CATALOG_SAMPLE? one of BUYS_ON_TRADES, CATALOG_PLAIN, CATALOG_SAMPLE, FAILS_AT, TRADES_AT_RANDOM")]
    [InlineData("nothing", "one of BUYS_ON_TRADES, CATALOG_PLAIN, CATALOG_SAMPLE, FAILS_AT, TRADES_AT_RANDOM")]
    public void Find_UnknownKey_NamesTheNearestAndAll(string key, string allowed) =>
        Should.Throw<StrategyInputException>(() => Catalog.Find(key)).Faults.ShouldBe([new StrategyFault("strategy", key, allowed)]);

    [Fact]
    public void Constructor_TwoClassesWithOneKey_AreRefused() =>
        Should.Throw<StrategyInputException>(() => new StrategyCatalog(typeof(StrategyCatalogTests).Assembly, typeof(StrategyCatalogTests).Assembly))
            .Faults.ShouldContain(new StrategyFault("strategy class", nameof(SampleStrategy), "a key of its own; CATALOG_SAMPLE is taken by SampleStrategy"));

    [Fact]
    public void Constructor_ClassThatIsNoStrategy_IsRefused()
    {
        ModuleBuilder module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("broken"), AssemblyBuilderAccess.RunAndCollect).DefineDynamicModule("broken");
        CustomAttributeBuilder Key(string key) => new(typeof(StrategyKeyAttribute).GetConstructors()[0], [key, "broken"]);
        TypeBuilder noStrategy = module.DefineType("NoStrategy", TypeAttributes.Public);
        noStrategy.SetCustomAttribute(Key("NO_STRATEGY"));
        noStrategy.CreateType();
        TypeBuilder badKey = module.DefineType("BadKey", TypeAttributes.Public, typeof(Strategy));
        badKey.SetCustomAttribute(Key("bad key"));
        badKey.CreateType();

        IReadOnlyList<StrategyFault> faults = Should.Throw<StrategyInputException>(() => new StrategyCatalog(module.Assembly)).Faults;
        faults.ShouldBe(
        [
            new StrategyFault("strategy class", "NoStrategy", "a class that derives from Strategy and is neither abstract nor generic"),
            new StrategyFault("strategy class", "BadKey", "a key in upper snake case such as MEAN_REVERSION, not 'bad key'"),
        ]);
    }

    private static IReadOnlyList<StrategyFault> Faults(string key, params string[] given) =>
        Should.Throw<StrategyInputException>(() => Catalog.Create(key, Pairs(given))).Faults;

    private static IEnumerable<KeyValuePair<string, string>> Pairs(params string[] given) =>
        given.Select(pair => pair.Split('=')).Select(parts => KeyValuePair.Create(parts[0], parts[1]));

    public enum SampleMode
    {
        VeryCalm,
        Wild,
    }

    public sealed record SampleSettings
    {
        [StrategyParameter("bars", Min = 2, Max = 50)]
        public int Window { get; init; } = 20;

        [StrategyParameter("distance", Min = 0)]
        public double ZEntry { get; init; } = 2.5;

        [StrategyParameter("fraction", Max = 1)]
        public decimal Size { get; init; } = 0.10m;

        [StrategyParameter("whether")]
        public bool IsLoud { get; init; }

        [StrategyParameter("how")]
        public SampleMode FirstMode { get; init; }
    }

    [StrategyKey("CATALOG_SAMPLE", "has a parameter of every kind")]
    public sealed class SampleStrategy : Strategy
    {
        public SampleStrategy(SampleSettings settings)
        {
            StrategyInputException.Require(settings.ZEntry < settings.Window, settings.ZEntry, $"below window, {settings.Window}");
            Settings = settings;
        }

        public SampleSettings Settings { get; }
    }

    [StrategyKey("CATALOG_PLAIN", "has no parameters")]
    public sealed class PlainStrategy : Strategy;
}

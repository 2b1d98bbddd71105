using System.Reflection;
using System.Runtime.CompilerServices;
using Harrier.Cli.UserStrategies;
using Harrier.Engine.Strategies;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.UserStrategies;

public sealed class UserStrategyCompilerTests
{
    private const string Good = """
        [StrategyKey("MINE", "counts bars")]
        public sealed class Mine : Strategy
        {
            private int _count;

            protected override void OnBar(in Bar bar, in Ohlcv values) => Emit(++_count % 2 == 0 ? SignalSide.Sell : SignalSide.Buy, 1);
        }
        """;

    [Fact]
    public void Compile_GoodFile_GivesAStrategyThatRuns()
    {
        StrategyCatalog catalog = new(Compile(Good));
        EngineHarness harness = new(catalog.Create("MINE", []).Strategy, new HarnessOptions { Vetoes = [new NoEntries()] });
        harness.FeedCloses(1, 2, 3);
        harness.Signals.Select(signal => signal.Side).ShouldBe([SignalSide.Buy, SignalSide.Sell, SignalSide.Buy]);
    }

    [Fact]
    public void Compile_TwoStrategiesInAFile_GivesBoth()
    {
        Assembly assembly = Compile(Good + Good.Replace("MINE", "OTHER", StringComparison.Ordinal).Replace("Mine", "Other", StringComparison.Ordinal));
        new StrategyCatalog(assembly).Strategies.Select(strategy => strategy.Key).ShouldBe(["MINE", "OTHER"]);
    }

    [Fact]
    public void Compile_FilesOfOneFolder_ShareCode()
    {
        Assembly assembly = UserStrategyCompiler.Compile(
        [
            new UserStrategyFile("a.cs", Good.Replace("++_count", "Shared.Next(ref _count)", StringComparison.Ordinal)),
            new UserStrategyFile("b.cs", "internal static class Shared { public static int Next(ref int count) => ++count; }"),
        ], Taken);
        new StrategyCatalog(assembly).Strategies.Count.ShouldBe(1);
    }

    [Fact]
    public void Compile_SyntaxErrors_AreListedWithLineAndColumn()
    {
        IReadOnlyList<StrategyFault> faults = Faults("public class A\n{\n    int x = ;\n    void M() { undefined(); }\n}\n");
        faults.Select(fault => (fault.Field, fault.Value)).ShouldBe([("strategy-file", "user.cs(3,13)"), ("strategy-file", "user.cs(4,16)")]);
        faults[0].Allowed.ShouldStartWith("CS1525: ");
        faults[1].Allowed.ShouldStartWith("CS0103: ");
        faults[1].Allowed.ShouldContain("undefined");
    }

    [Fact]
    public void Compile_KeyOfABuiltInStrategy_IsRefusedAtItsClass() =>
        Faults("\n\n" + Good.Replace("MINE", "VWAP", StringComparison.Ordinal)).ShouldBe(
            [new StrategyFault("strategy-file", "user.cs(4,21)", "a key of its own for Mine: VWAP is a built-in strategy")]);

    [Fact]
    public void Compile_TwoClassesWithOneKey_AreRefused() =>
        Faults(Good + Good.Replace("Mine", "Other", StringComparison.Ordinal)).ShouldHaveSingleItem().Allowed
            .ShouldBe("a key of its own for Other: MINE is taken by Mine");

    [Fact]
    public void Compile_StrategyWithoutKey_IsRefusedAtItsClass() =>
        Faults("public sealed class Nameless : Strategy;").ShouldBe(
            [new StrategyFault("strategy-file", "user.cs(1,21)", "[StrategyKey(\"NAME\", \"what it does\")] on the class Nameless, or abstract if it is none to choose")]);

    [Fact]
    public void Compile_NoStrategyAtAll_IsRefused() => Faults("public sealed class Something;").ShouldBe(
        [new StrategyFault("strategy-file", "user.cs", "a class with [StrategyKey] that derives from Strategy")]);

    [Fact]
    public void Compile_SettingThatCannotBeSet_IsRefusedAtItsClass()
    {
        StrategyFault fault = Faults("""
            public sealed record Settings { public string Name { get; init; } = ""; }
            [StrategyKey("MINE", "has a setting without an attribute")]
            public sealed class Mine(Settings settings) : Strategy { public Settings Own => settings; }
            """).ShouldHaveSingleItem();
        fault.Value.ShouldBe("user.cs(3,21)");
        fault.Allowed.ShouldBe("Mine: a [StrategyParameter] on Settings.Name: without it nobody can set it");
    }

    [Theory]
    [InlineData("_ = DateTime.Now;", "DateTime.Now: time is Now")]
    [InlineData("_ = DateTime.UtcNow;", "DateTime.UtcNow: time is Now")]
    [InlineData("_ = DateTimeOffset.UtcNow;", "DateTimeOffset.UtcNow: time is Now")]
    [InlineData("_ = TimeProvider.System;", "TimeProvider.System: time is Now")]
    [InlineData("_ = System.Diagnostics.Stopwatch.GetTimestamp();", "Stopwatch")]
    [InlineData("_ = Environment.TickCount64;", "Environment")]
    [InlineData("_ = new Random();", "new Random: randomness needs a seed")]
    [InlineData("Random r = new();", "new Random: randomness needs a seed")]
    [InlineData("_ = Random.Shared.Next();", "Random.Shared: randomness needs a seed")]
    [InlineData("_ = Guid.NewGuid();", "Guid.NewGuid: randomness needs a seed")]
    [InlineData("_ = System.IO.File.ReadAllText(\"x\");", "File")]
    [InlineData("using var http = new System.Net.Http.HttpClient();", "HttpClient: a strategy sees only")]
    [InlineData("Console.WriteLine(1);", "Console: standard output")]
    [InlineData("System.Threading.Thread.Sleep(1);", "Thread: a strategy runs on the engine's thread")]
    [InlineData("System.Threading.Tasks.Task.Run(() => 1);", "Task: a strategy runs on the engine's thread")]
    [InlineData("_ = \"a\".GetHashCode();", "String.GetHashCode: hash codes differ")]
    [InlineData("_ = HashCode.Combine(1, 2);", "HashCode: hash codes differ")]
    [InlineData("_ = typeof(string).GetMethods();", "Type.GetMethods: reflection")]
    [InlineData("Func<DateTime> clock = () => DateTime.Now;", "DateTime.Now: time is Now")]
    public void Compile_CodeThatIsNotDeterministic_IsRefusedWithItsLine(string statement, string message)
    {
        IReadOnlyList<StrategyFault> faults = Faults(Good.Replace("private int _count;", $"private int _count;\n    private void M() {{\n{statement}\n}}", StringComparison.Ordinal));
        faults.ShouldAllBe(fault => fault.Value.StartsWith("user.cs(6,", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.Allowed.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("private static int _runs;")]
    [InlineData("public static int Runs { get; set; }")]
    [InlineData("private static event Action? Changed;")]
    public void Compile_StaticState_IsRefused(string member) =>
        Faults(Good.Replace("private int _count;", "private int _count;" + member, StringComparison.Ordinal)).ShouldHaveSingleItem().Allowed
            .ShouldStartWith("no static state");

    [Theory]
    [InlineData("private readonly Random _random = new(42);")]
    [InlineData("private const int Limit = 3;")]
    [InlineData("private static readonly double[] Weights = [1, 2];")]
    [InlineData("private static int Twice(int n) => 2 * n;")]
    [InlineData("private void Refuse() => throw new System.IO.InvalidDataException(\"x\");")]
    [InlineData("private DateTimeOffset Clock() => Now.ToDateTimeOffset();")]
    [InlineData("private readonly Dictionary<string, List<int>> _byName = [];")]
    [InlineData("private sealed record Pair(int A, int B);")]
    public void Compile_DeterministicCode_IsAccepted(string member) =>
        Compile(Good.Replace("private int _count;", "private int _count;" + member, StringComparison.Ordinal)).ShouldNotBeNull();

    [Fact]
    public void Compile_OtherProjectsOfHarrier_CannotBeSeen() =>
        Faults(Good + "file static class X { public static object Y => new Harrier.Storage.Bars.BarReadOptions(); }").ShouldHaveSingleItem().Allowed.ShouldStartWith("CS0234: ");

    [Fact]
    public void Compile_ResultNobodyHolds_IsUnloaded()
    {
        WeakReference assembly = CompileAndForget();
        for (int i = 0; i < 20 && assembly.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        assembly.IsAlive.ShouldBeFalse();
    }

    [Fact]
    public void Compile_Example_GivesAStrategyThatTradesAndRestores()
    {
        StrategyCatalog catalog = new(UserStrategyCompiler.Compile([UserStrategyFile.Read(ExamplePath(), "")], Taken));
        EngineHarness Create() => new(catalog.Create("TREND_PULLBACK", [KeyValuePair.Create("trend", "30")]).Strategy, new HarnessOptions { Vetoes = [new NoEntries()] });
        Harrier.Features.Ohlcv[] bars = SampleBars.Lcg(600, 7, 0.03);
        EngineHarness whole = Create().Feed(bars);
        whole.Signals.ShouldContain(signal => signal.Side == SignalSide.Buy);
        whole.Signals.ShouldContain(signal => signal.Side == SignalSide.Exit);

        EngineHarness after = Create();
        after.Engine.Restore(Create().Feed(bars.AsSpan(0, 321)).Engine.Save());
        after.Feed(bars.AsSpan(321)).Engine.StateHash().ShouldBe(whole.Engine.StateHash());
    }

    private static IReadOnlySet<string> Taken => new HashSet<string> { "VWAP" };

    private static Assembly Compile(string text) => UserStrategyCompiler.Compile([new UserStrategyFile("user.cs", text)], Taken);

    private static IReadOnlyList<StrategyFault> Faults(string text) => Should.Throw<StrategyInputException>(() => Compile(text)).Faults;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CompileAndForget() => new(Compile(Good));

    private static string ExamplePath()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        }

        return Path.Combine(folder.FullName, "examples", "strategies", "TrendPullback.cs");
    }
}

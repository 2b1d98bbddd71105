namespace Harrier.System.Tests.Launcher;

public sealed class StartTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Start_DotnetMissing_ExitsOneAndSaysWhatToInstall()
    {
        var outcome = await _checkout.StartWithoutDotnetAsync("backtest");

        outcome.Code.ShouldBe(1);
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.ShouldStartWith("error: dotnet: not found: the .NET 10 SDK");
        outcome.Errors.ShouldContain("Download .NET 10.0");
        if (File.Exists("/etc/debian_version"))
        {
            outcome.Errors.ShouldContain("apt-get install -y dotnet-sdk-10.0");
        }
    }

    [Fact]
    public async Task Start_OtherSdkOnly_ExitsOneAndNamesIt()
    {
        _checkout.Answer("version", "", code: 155);
        _checkout.Answer("sdks", "8.0.100 [/usr/share/dotnet/sdk]\n9.0.300 [/usr/share/dotnet/sdk]\n");

        var outcome = await _checkout.StartAsync("backtest");

        outcome.Code.ShouldBe(1);
        outcome.Errors.ShouldStartWith("error: dotnet: 8.0.100 9.0.300: the .NET 10 SDK");
        _checkout.Builds.ShouldBe(0);
    }

    [Fact]
    public async Task Start_NpmMissingAndLibraryNotFetched_ExitsOneAndSaysWhatToInstall()
    {
        File.Delete(_checkout.PathOf("tools/npm"));
        _checkout.Write("eng/native/package-lock.json", "{}");

        var outcome = await _checkout.StartAsync("backtest");

        outcome.Code.ShouldBe(1);
        outcome.Errors.ShouldStartWith("error: npm: not found: the first build fetches the library of DuckDB");
        _checkout.Builds.ShouldBe(0);
    }

    [Fact]
    public async Task Start_NpmMissingAndLibraryFetched_Builds()
    {
        File.Delete(_checkout.PathOf("tools/npm"));
        _checkout.Write("eng/native/package-lock.json", "{}");
        _checkout.Write("artifacts/native/.stamp", "");

        (await _checkout.StartAsync("backtest")).Code.ShouldBe(0);

        _checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Start_First_BuildsThenRunsWithTheArguments()
    {
        var outcome = await _checkout.StartAsync("backtest", "--data", "a file.csv");

        outcome.ShouldBe(new Outcome(0, $"folder={_checkout.Root}\nargument=backtest\nargument=--data\nargument=a file.csv\n", ""));
        _checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Start_Second_DoesNotBuildOrAskForTheSdk()
    {
        await _checkout.StartAsync("backtest");
        var before = _checkout.Calls.Count;

        await _checkout.StartAsync("backtest");

        _checkout.Calls.Skip(before).ShouldHaveSingleItem().ShouldEndWith("harrier.dll backtest");
    }

    [Theory]
    [InlineData("src/Harrier.Cli/Program.cs")]
    [InlineData("src/Harrier.Cli")]
    [InlineData("Directory.Build.props")]
    [InlineData("global.json")]
    public async Task Start_SourceChanged_BuildsAgain(string changed)
    {
        await _checkout.StartAsync();
        _checkout.Touch(changed);

        await _checkout.StartAsync();

        _checkout.Builds.ShouldBe(2);
    }

    [Fact]
    public async Task Start_TestChanged_DoesNotBuild()
    {
        await _checkout.StartAsync();
        _checkout.Touch("tests/A.Tests/A.Tests.csproj");

        await _checkout.StartAsync();

        _checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Start_ThroughLinkFromAnotherFolder_KeepsThatFolder()
    {
        var elsewhere = Directory.CreateDirectory(_checkout.PathOf("elsewhere")).FullName;
        var link = Path.Combine(elsewhere, "hr");
        File.CreateSymbolicLink(link, "../harrier");

        var outcome = await _checkout.StartFromAsync(link, elsewhere, "strategies");

        outcome.ShouldBe(new Outcome(0, $"folder={elsewhere}\nargument=strategies\n", ""));
        File.Exists(_checkout.PathOf("artifacts/.built")).ShouldBeTrue();
    }

    [Fact]
    public async Task Start_ProgramFails_PassesItsExitCodeOn()
    {
        _checkout.Answer("run", "", code: 2);

        (await _checkout.StartAsync("backtest")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Start_BuildFails_PrintsTheErrorsAloneAndBuildsNextTime()
    {
        const string log = """
              Determining projects to restore...
            /a/B.cs(1,2): error CS1002: ; expected [/a/A.csproj]
            /a/B.cs(3,4): warning CS0168: unused [/a/A.csproj]
            /a/B.cs(1,2): error CS1002: ; expected [/a/A.csproj]
                1 Error(s)

            """;
        _checkout.Answer("build", log, code: 1);

        var outcome = await _checkout.StartAsync("backtest");
        await _checkout.StartAsync("backtest");

        outcome.ShouldBe(new Outcome(1, "", "/a/B.cs(1,2): error CS1002: ; expected\n"));
        _checkout.Builds.ShouldBe(2);
    }

    [Fact]
    public async Task Start_TreeNotWritable_SaysSo()
    {
        _checkout.Write("artifacts", "a file where the folder should be");

        var outcome = await _checkout.StartAsync("backtest");

        outcome.Code.ShouldBe(1);
        outcome.Errors.ShouldStartWith($"error: {_checkout.Root}/artifacts: cannot be written");
        _checkout.Builds.ShouldBe(0);
    }

    [Fact]
    public async Task Start_TwoAtOnce_BuildOnce()
    {
        if (Shell.Find("flock") is null)
        {
            Assert.Skip("flock is not installed: the lock of the build was not tested");
        }

        await Task.WhenAll(_checkout.StartAsync("a"), _checkout.StartAsync("b"));

        _checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Start_RealTree_ShowsHelp()
    {
        if (Environment.GetEnvironmentVariable("HARRIER_TEST_REAL") != "1")
        {
            Assert.Skip("HARRIER_TEST_REAL is not 1: the real launcher was not started");
        }

        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
        var outcome = await Shell.RunAsync(Path.Combine(root, "harrier"), root, new Dictionary<string, string>(), "--help");

        outcome.Code.ShouldBe(0, outcome.Errors);
    }
}

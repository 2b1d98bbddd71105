namespace Harrier.System.Tests.Launcher;

public sealed class TestVerbTests : IDisposable
{
    private const string Clients = "tests/Harrier.Exchanges.Tests/Clients";

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Test_AllPass_EndsWithTheSum()
    {
        _checkout.Answer("test-A", Summary(passed: 3, failed: 0, skipped: 0));
        _checkout.Answer("test-B", Summary(passed: 4, failed: 0, skipped: 0));

        var outcome = await _checkout.StartAsync("test");

        outcome.LastLine.ShouldBe("7 passed, 0 failed");
        outcome.Code.ShouldBe(0);
        _checkout.Calls.ShouldContain("build Harrier.slnx -c Release");
    }

    [Fact]
    public async Task Test_SomeSkippedAndFailed_SaysSoAndFails()
    {
        _checkout.Answer("test-A", Summary(passed: 3, failed: 1, skipped: 2), code: 2);
        _checkout.Answer("test-B", Summary(passed: 4, failed: 0, skipped: 0));

        var outcome = await _checkout.StartAsync("test");

        outcome.LastLine.ShouldBe("7 passed, 1 failed, 2 skipped");
        outcome.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Test_SomeFail_NamesThemOnceMoreBeforeTheSum()
    {
        _checkout.Answer("test-A", "failed A.OrderTests.Cancel_Twice_IsRefused (34ms)\n  expected\n" + Summary(passed: 3, failed: 1, skipped: 0), code: 2);
        _checkout.Answer("test-B", "Process terminated.\n", code: 134);

        string[] lines = (await _checkout.StartAsync("test")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines[^3..].ShouldBe(["failed A.OrderTests.Cancel_Twice_IsRefused (34ms)", "B.Tests ended with exit code 134", "3 passed, 2 failed"]);
    }

    [Fact]
    public async Task Test_ProcessDies_CountsAsOneFailure()
    {
        _checkout.Answer("test-A", "Process terminated.\n", code: 134);
        _checkout.Answer("test-B", Summary(passed: 4, failed: 0, skipped: 0));

        var outcome = await _checkout.StartAsync("test");

        outcome.LastLine.ShouldBe("4 passed, 1 failed");
        outcome.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Test_TestPrintsASummaryOfItsOwn_LastOneCounts()
    {
        _checkout.Answer("test-A", "  failed: 9\n" + Summary(passed: 1, failed: 0, skipped: 0));
        _checkout.Answer("test-B", Summary(passed: 1, failed: 0, skipped: 0));

        (await _checkout.StartAsync("test")).LastLine.ShouldBe("2 passed, 0 failed");
    }

    [Fact]
    public async Task Test_FilterMatchesInOneProject_Passes()
    {
        _checkout.Answer("test-A", Summary(passed: 0, failed: 0, skipped: 0), code: 8);
        _checkout.Answer("test-B", Summary(passed: 1, failed: 0, skipped: 0));

        var outcome = await _checkout.StartAsync("test", "--filter-class", "*BTests");

        outcome.LastLine.ShouldBe("1 passed, 0 failed");
        outcome.Code.ShouldBe(0);
        _checkout.Calls[^1].ShouldEndWith("B.Tests.dll --no-ansi --no-progress --filter-class *BTests");
    }

    [Fact]
    public async Task Test_FilterMatchesNothing_Fails()
    {
        _checkout.Answer("test-A", Summary(passed: 0, failed: 0, skipped: 0), code: 8);
        _checkout.Answer("test-B", Summary(passed: 0, failed: 0, skipped: 0), code: 8);

        var outcome = await _checkout.StartAsync("test", "--filter-class", "Nothing");

        outcome.LastLine.ShouldBe("0 passed, 0 failed");
        outcome.Errors.ShouldContain("error: test: --filter-class Nothing: no test matches");
        outcome.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Test_UnknownOption_ExitsTwo()
    {
        _checkout.Answer("test-A", "Unknown option '--nope'\n", code: 5);

        var outcome = await _checkout.StartAsync("test", "--nope");

        outcome.Code.ShouldBe(2);
        outcome.Errors.ShouldStartWith("error: test: --nope: options of Microsoft.Testing.Platform");
    }

    [Fact]
    public async Task Test_BuildFails_CountsAsOneFailure()
    {
        _checkout.Answer("build", "/a/B.cs(1,2): error CS1002: ; expected [/a/A.csproj]\n", code: 1);

        (await _checkout.StartAsync("test")).ShouldBe(new Outcome(1, "0 passed, 1 failed\n", "/a/B.cs(1,2): error CS1002: ; expected\n"));
    }

    [Fact]
    public async Task Test_TreeNotWritable_CountsAsOneFailure()
    {
        _checkout.Write("artifacts", "a file where the folder should be");

        var outcome = await _checkout.StartAsync("test");

        outcome.LastLine.ShouldBe("0 passed, 1 failed");
        outcome.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Test_ThenStart_BuildsOnce()
    {
        await _checkout.StartAsync("test");
        await _checkout.StartAsync("test");
        await _checkout.StartAsync("backtest");

        _checkout.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Test_RealClients_AreInstalledOnceForEachLockFile()
    {
        WriteNpm("mkdir -p node_modules; touch node_modules/.package-lock.json");

        await _checkout.StartAsync("test");
        await _checkout.StartAsync("test");
        _checkout.Write($"{Clients}/package-lock.json", "{ }");
        await _checkout.StartAsync("test");

        (await File.ReadAllLinesAsync(_checkout.PathOf("fake/npm-calls"), TestContext.Current.CancellationToken)).ShouldBe(Enumerable.Repeat("ci --ignore-scripts --no-audit --no-fund", 2));
    }

    [Fact]
    public async Task Test_RealClientsCannotBeInstalled_WarnsAndGoesOn()
    {
        WriteNpm("exit 1");
        _checkout.Answer("test-A", Summary(passed: 1, failed: 0, skipped: 0));
        _checkout.Answer("test-B", Summary(passed: 1, failed: 0, skipped: 0));

        Outcome outcome = await _checkout.StartAsync("test");

        outcome.Errors.ShouldStartWith("warning: npm ci: failed");
        outcome.LastLine.ShouldBe("2 passed, 0 failed");
    }

    [Theory]
    [InlineData(0, "5 passed, 0 failed", 0)]
    [InlineData(2, "5 passed, 1 failed", 1)]
    public async Task Ci_Format_CountsAsATest(int formatCode, string lastLine, int code)
    {
        _checkout.Answer("test-A", Summary(passed: 2, failed: 0, skipped: 0));
        _checkout.Answer("test-B", Summary(passed: 3, failed: 0, skipped: 0));
        _checkout.Answer("format", "", formatCode);

        var outcome = await _checkout.StartFromAsync(_checkout.PathOf(".ci/run"), Path.GetTempPath());

        outcome.LastLine.ShouldBe(lastLine);
        outcome.Code.ShouldBe(code);
    }

    private void WriteNpm(string command)
    {
        _checkout.Write($"{Clients}/package.json", "{}");
        _checkout.Write($"{Clients}/package-lock.json", "{}");
        _checkout.WriteScript("fake/node", "#!/usr/bin/env bash");
        _checkout.WriteScript("fake/npm", "#!/usr/bin/env bash\necho \"$*\" >>\"$(dirname -- \"${BASH_SOURCE[0]}\")/npm-calls\"\n" + command);
    }

    private static string Summary(int passed, int failed, int skipped) => $"""

        Test run summary: Done! - A.Tests.dll (net10.0|x64)
          total: {passed + failed + skipped}
          failed: {failed}
          succeeded: {passed}
          skipped: {skipped}
          duration: 98ms

        """;
}

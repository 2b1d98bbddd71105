using System.Text.Json;
using Harrier.Api.Backtests;
using Harrier.Cli.Running;
using Harrier.Hosting.Jobs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Running;

/// <summary>Backtests of the service are those of the command line.</summary>
public sealed class ServiceBacktestsTests
{
    [Fact]
    public void Prepare_ThenRun_PlaysTheSampleMarket_AndLeavesResultAndReport()
    {
        using TemporaryFolder folder = new();
        (JobWork? work, IReadOnlyList<string> faults) = new ServiceBacktests(folder.Path).Prepare(new BacktestBody
        {
            Strategy = "EMA_CROSS",
            Parameters = new Dictionary<string, string> { ["fast"] = "5", ["slow"] = "9" },
            InitialBalance = "5000",
        });
        faults.ShouldBeEmpty();
        List<double> progress = [];
        JobResult result = work!(new Listed(progress), TestContext.Current.CancellationToken);
        result.Json.ShouldContain("EMA_CROSS");
        JsonDocument.Parse(result.Json).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        result.Report.ShouldNotBeNull().ShouldContain("<html", Case.Insensitive);
        progress.ShouldNotBeEmpty();
        progress.ShouldBe(progress.Order());
        Should.Throw<OperationCanceledException>(() => work(new Listed([]), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Prepare_BadInput_IsNamedByTheFieldOfTheBody()
    {
        using TemporaryFolder folder = new();
        (JobWork? work, IReadOnlyList<string> faults) = new ServiceBacktests(folder.Path).Prepare(new BacktestBody
        {
            Strategy = "EMA_CROSS",
            StartDate = "soon",
            InitialBalance = "-1",
            Interval = "1x",
            Symbol = "--out=/tmp/elsewhere",
        });
        work.ShouldBeNull();
        faults.Select(static line => line.Split(':')[0]).ShouldBe(["start_date", "interval", "initial_balance"], ignoreOrder: true);
    }

    private sealed class Listed(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}

using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Reports;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Reports;

public sealed class ResultTableTests
{
    [Fact]
    public void Rows_KnownRun_TellsValuesWithUnits()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily(.01, -.02, .03), BacktestResults.Trade(1, 50m), BacktestResults.Trade(2, -10m));
        Dictionary<string, string> rows = ResultTable.Rows(result).ToDictionary(row => row.Label.Trim(), row => row.Value);
        rows["Final equity"].ShouldBe("1,040.00 USDT");
        rows["Total return"].ShouldBe("4.00 %");
        rows["Buy and hold"].ShouldBe("12.50 %");
        rows["Annual return"].ShouldBe("-", "three days say nothing about a year");
        rows["Average length"].ShouldBe("30 minutes");
        rows["Orders"].ShouldBe("4 sent, 1 denied by us, 0 rejected by the venue");
        rows["State hash"].ShouldBe("aa11");
    }

    [Fact]
    public void Rows_NothingHappened_ShowsDashes()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily()) with { BuyAndHoldReturn = null };
        string text = ResultTable.ToText(ResultTable.Rows(result));
        text.ShouldNotContain("NaN", Case.Sensitive);
        ResultTable.Rows(result).Count(row => row.Value == "-").ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Rows_FailedCheck_ComesFirstAndIsMarked()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily(.01)) with { Checks = [new CheckResult("leakage", false, "sees the future")] };
        IReadOnlyList<ResultRow> rows = ResultTable.Rows(result);
        rows[0].ShouldBe(new ResultRow("Warning", "CHECK FAILED", "leakage: sees the future", true));
        rows.Count(row => row.IsFailure).ShouldBe(2);
        ResultTable.ToText(rows).ShouldStartWith("Warning\n! CHECK FAILED");
    }

    [Fact]
    public void Rows_SimulatedVenue_SaySo()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily(.01));
        result = result with { Manifest = result.Manifest with { Venue = new VenueId("sim-binance-spot") } };
        ResultTable.Rows(result).Single(row => row.Label == "Data").Value.ShouldContain("SIMULATED");
    }
}

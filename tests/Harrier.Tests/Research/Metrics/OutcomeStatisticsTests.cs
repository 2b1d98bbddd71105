using Harrier.Domain;
using Harrier.Research.Metrics;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Metrics;

/// <summary>Outcomes of planned entries by their kind, by hand.</summary>
public sealed class OutcomeStatisticsTests
{
    private static readonly RoundTrip[] Trades =
    [
        Planned(1, 30, 10, "momentum", "level"),
        Planned(2, -10, 10, "momentum", ""),
        Planned(3, 25, 10, "retest", "level"),
        BacktestResults.Trade(4, 1000),
    ];

    [Fact]
    public void BySetup_CountsEachKindAndLeavesOutWhatHadNoPlan() => OutcomeStatistics.BySetup(Trades).ShouldBe(
    [
        new OutcomeStatistics("momentum", 2, 0.5, 1, 20, 3),
        new OutcomeStatistics("retest", 1, 1, 2.5, 25, null),
    ]);

    [Fact]
    public void ByConfluence_NamesWhatHadNone() => OutcomeStatistics.ByConfluence(Trades).ShouldBe(
    [
        new OutcomeStatistics("level", 2, 1, 2.75, 55, null),
        new OutcomeStatistics("none", 1, 0, -1, -10, 0),
    ]);

    [Fact]
    public void BySetup_WithATradeWithoutRisk_HasNoMean() =>
        OutcomeStatistics.BySetup([Trades[0], Trades[0] with { InitialRisk = null }]).ShouldHaveSingleItem().MeanR.ShouldBeNull();

    private static RoundTrip Planned(int id, decimal pnl, decimal risk, string setup, string confluence) =>
        BacktestResults.Trade(id, pnl, risk) with { Setup = setup, Confluence = confluence };
}

using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Engine.Portfolio;
using Harrier.Tests.Support;
using Outcome = Harrier.Engine.Portfolio.Outcome;

namespace Harrier.Tests.Engine.Portfolio;

/// <summary>Outcomes of planned entries by their kind: by hand, against sums over all trades, and over a restart.</summary>
public sealed class OutcomeBookTests
{
    private static readonly RoundTrip[] Trades =
    [
        Planned(1, 30, 10, "momentum", "level"),
        Planned(2, -10, 10, "momentum", ""),
        Planned(3, 25, 10, "retest", "level"),
        BacktestResults.Trade(4, 1000),
    ];

    [Fact]
    public void BySetup_CountsEachKindAndLeavesOutWhatHadNoPlan() => Rows(Of(Trades).BySetup).ShouldBe(
    [
        ("momentum", 2, 0.5, 1, 20, 3),
        ("retest", 1, 1, 2.5, 25, null),
    ]);

    [Fact]
    public void ByConfluence_NamesWhatHadNone() => Rows(Of(Trades).ByConfluence).ShouldBe(
    [
        ("level", 2, 1, 2.75, 55, null),
        ("none", 1, 0, -1, -10, 0),
    ]);

    [Fact]
    public void BySetup_WithATradeWithoutRisk_HasNoMean() =>
        Of([Trades[0], Trades[0] with { InitialRisk = null }]).BySetup.ShouldHaveSingleItem().MeanR.ShouldBeNull();

    [Fact]
    public void AnyTrades_AtAnyRestart_AreCountedAsAllAtOnce()
    {
        Gen<RoundTrip> trade = from pnl in Gen.Choose(-500, 500)
                               from risk in Gen.Choose(0, 40)
                               from setup in Gen.Elements("momentum", "retest", "density")
                               from confluence in Gen.Elements("", "level", "level+delta")
                               select Planned(1, pnl / 10m, risk == 0 ? null : risk, setup, confluence);
        Arbitrary<(RoundTrip[] Trades, int Restart)> runs = Arb.From(
            from trades in Gen.ArrayOf(trade)
            from restart in Gen.Choose(0, 20)
            select (trades, restart));
        Prop.ForAll(runs, run =>
        {
            OutcomeBook book = Restored(Of(run.Trades.Take(run.Restart)));
            foreach (RoundTrip one in run.Trades.Skip(run.Restart))
            {
                book.Add(one);
            }

            Bytes(book).ShouldBe(Bytes(Of(run.Trades)));
            Rows(book.BySetup).ShouldBe(Naive(run.Trades, one => one.Setup!));
            Rows(book.ByConfluence).ShouldBe(Naive(run.Trades, one => one.Confluence is { Length: 0 } ? "none" : one.Confluence!));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }

    private static (string, int, double?, double?, decimal, double?)[] Naive(RoundTrip[] trades, Func<RoundTrip, string> name) =>
    [
        .. trades.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            decimal losses = group.Where(trade => trade.Pnl < 0).Sum(trade => -trade.Pnl);
            return (
                group.Key,
                group.Count(),
                (double?)group.Count(trade => trade.Pnl > 0) / group.Count(),
                group.All(trade => trade.InitialRisk > 0) ? group.Aggregate(0.0, (sum, trade) => sum + (double)(trade.Pnl / trade.InitialRisk!.Value)) / group.Count() : (double?)null,
                group.Sum(trade => trade.Pnl),
                losses > 0 ? (double)group.Where(trade => trade.Pnl > 0).Sum(trade => trade.Pnl) / (double)losses : (double?)null);
        }),
    ];

    private static (string, int, double?, double?, decimal, double?)[] Rows(IEnumerable<Outcome> outcomes) =>
        [.. outcomes.Select(one => (one.Name, one.Trades, one.WinRate, one.MeanR, one.Pnl, one.ProfitFactor))];

    private static OutcomeBook Of(IEnumerable<RoundTrip> trades)
    {
        OutcomeBook book = new();
        foreach (RoundTrip trade in trades)
        {
            book.Add(trade);
        }

        return book;
    }

    private static byte[] Bytes(OutcomeBook book)
    {
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        book.Save(ref writer);
        return bytes.WrittenSpan.ToArray();
    }

    private static OutcomeBook Restored(OutcomeBook book)
    {
        // Into one that has counted something else.
        OutcomeBook restored = Of([Trades[0]]);
        StateReader reader = new(Bytes(book));
        restored.Restore(ref reader);
        reader.Remaining.ShouldBe(0);
        return restored;
    }

    private static RoundTrip Planned(int id, decimal pnl, decimal? risk, string setup, string confluence) =>
        BacktestResults.Trade(id, pnl, risk) with { Setup = setup, Confluence = confluence };
}

using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;

namespace Harrier.Exchanges.Tests.History;

public sealed class BarPagesTests
{
    private static readonly BarSpec _hour = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
    private static readonly Timestamp _start = Timestamp.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly BarHistoryQuery _query = new("BTCUSDT", _hour, _start, At(10));

    [Fact]
    public void Check_WholePage_SpeaksForAllThatWasAskedFor()
    {
        HistoryPage<HistoricalBar> page = Page([Bar(0), Bar(1), Bar(2)]);

        page.Rows.ShouldBe([Bar(0), Bar(1), Bar(2)]);
        (page.Until, page.IsFull, page.Repairs).ShouldBe((At(10), false, 0));
    }

    [Fact]
    public void Check_FullPage_SpeaksUntilItsLastBar()
    {
        HistoryPage<HistoricalBar> page = Page([Bar(0), Bar(1), Bar(2)], limit: 3);

        (page.Until, page.IsFull).ShouldBe((At(3), true));
    }

    [Fact]
    public void Check_NewestFirst_IsPutIntoOrder()
    {
        HistoryPage<HistoricalBar> page = Page([Bar(2), Bar(1), Bar(0)]);

        page.Rows.ShouldBe([Bar(0), Bar(1), Bar(2)]);
        page.Repairs.ShouldBe(2);
    }

    [Fact]
    public void Check_RowsTwiceAndFromOutside_AreLeftOutAndCounted()
    {
        HistoryPage<HistoricalBar> page = Page([Bar(-1), Bar(0), Bar(0), Bar(1), Bar(10)]);

        page.Rows.ShouldBe([Bar(0), Bar(1)]);
        page.Repairs.ShouldBe(3);
    }

    [Fact]
    public void Check_NothingCame_SpeaksForAllThatWasAskedFor() => Page([]).Until.ShouldBe(At(10));

    [Fact]
    public void Check_SameTimeOtherValues_IsNotBelieved() =>
        Fault([Bar(0), Bar(1), Bar(1) with { Volume = 2 }]).ShouldBe("the bar of BTCUSDT at 2026-01-01T01:00:00Z came twice with different values");

    [Fact]
    public void Check_AllRowsFromElsewhere_IsNotBelieved() => Fault([Bar(20), Bar(21)]).ShouldStartWith("none of the 2 bars of BTCUSDT is from");

    [Fact]
    public void Check_ShiftedRows_AreNotBelieved() =>
        Fault([Bar(0), Bar(1) with { OpenTime = new Timestamp(At(1).Nanos + 1_800_000_000_000) }]).ShouldBe("the bar of BTCUSDT at 2026-01-01T01:30:00Z does not begin where bars of 1h begin");

    [Theory]
    [InlineData(101, 99, 100, 102)]
    [InlineData(99, 98, 97, 98)]
    [InlineData(105, 101, 100, 102)]
    [InlineData(105, 0, 100, 102)]
    [InlineData(105, -1, 100, 102)]
    public void Check_PricesContradictEachOther_IsNotBelieved(int high, int low, int open, int close) =>
        Fault([Bar(0) with { High = high, Low = low, Open = open, Close = close }]).ShouldEndWith("has prices that contradict each other");

    [Fact]
    public void Check_VolumeBelowZero_IsNotBelieved()
    {
        Fault([Bar(0) with { Volume = -1 }]).ShouldEndWith("has a volume below 0");
        Fault([Bar(0) with { TradeCount = -1 }]).ShouldEndWith("has a volume below 0");
        Page([Bar(0) with { Volume = 0, QuoteVolume = null, TradeCount = null }]).Rows.Count.ShouldBe(1);
    }

    private static HistoryPage<HistoricalBar> Page(List<HistoricalBar> rows, int limit = 1000)
    {
        HistoryAnswer<HistoryPage<HistoricalBar>> answer = BarPages.Check(rows, _query, limit);
        return answer.IsOk ? answer.Value : throw new InvalidOperationException(answer.Fault.Message);
    }

    private static string Fault(List<HistoricalBar> rows)
    {
        HistoryFault fault = BarPages.Check(rows, _query, 1000).Fault.ShouldNotBeNull();
        fault.Kind.ShouldBe(HistoryFaultKind.Malformed);
        return fault.Message;
    }

    private static Timestamp At(int hours) => new(_start.Nanos + (hours * 3600 * Timestamp.NanosPerSecond));

    private static HistoricalBar Bar(int hours) => new() { OpenTime = At(hours), Open = 100, High = 105, Low = 99, Close = 102, Volume = 1.5m, QuoteVolume = 150, TradeCount = 3 };
}

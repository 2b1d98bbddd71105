using Harrier.Cli;
using Harrier.Cli.Levels;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Tests.Storage.Collection;

namespace Harrier.Tests.Cli.Levels;

public sealed class VenueBarsTests
{
    private static readonly Timestamp _first = Timestamp.From(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1000)]
    [InlineData(70)]
    public async Task ReadAsync_SeveralPages_GivesTheLastClosedBars(int pageSize)
    {
        using ScriptedHistory venue = Venue(pageSize);
        BarSeries bars = await VenueBars.ReadAsync(venue, "BTCUSDT", ScriptedHistory.Hour, 300, CancellationToken.None);

        // It is 10:30: the bar of 10:00 still grows.
        bars.Count.ShouldBe(300);
        bars[299].OpenTime.ToString().ShouldBe("2026-03-20T09:00:00Z");
        bars.Instrument.ToDecimal(bars[299].Close).ShouldBe(ScriptedHistory.Bar(bars[299].OpenTime).Close);
        bars[0].TakerBuyVolume.ShouldBe(6.1);
    }

    [Fact]
    public async Task ReadAsync_UnknownSymbolOrInterval_SaysWhatIsAllowed()
    {
        using ScriptedHistory venue = Venue(1000);
        BarSpec minute = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        (await Should.ThrowAsync<InputException>(() => VenueBars.ReadAsync(venue, "NOPEUSDT", ScriptedHistory.Hour, 300, CancellationToken.None))).Field.ShouldBe("symbol");
        (await Should.ThrowAsync<InputException>(() => VenueBars.ReadAsync(venue, "BTCUSDT", minute, 300, CancellationToken.None))).Allowed.ShouldBe("one of 1h");
    }

    [Fact]
    public async Task ReadAsync_VenueIsAway_Fails()
    {
        using ScriptedHistory venue = Venue(1000);
        venue.Spoil = static (_, _, _) => HistoryAnswer<HistoryPage<HistoricalBar>>.Failed(HistoryFaultKind.Unreachable, "no connection");
        await Should.ThrowAsync<VenueUnreachableException>(() => VenueBars.ReadAsync(venue, "BTCUSDT", ScriptedHistory.Hour, 300, CancellationToken.None));
    }

    private static ScriptedHistory Venue(int pageSize)
    {
        ScriptedHistory venue = new("BTCUSDT") { BarPageSize = pageSize };
        venue.Bars["BTCUSDT"] = ScriptedHistory.Hours(_first, Timestamp.From(new DateTimeOffset(2026, 3, 20, 11, 0, 0, TimeSpan.Zero)));
        return venue;
    }
}

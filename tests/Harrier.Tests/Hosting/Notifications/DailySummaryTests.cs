using Harrier.Domain;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Hosting.Notifications;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Api;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>When a day ends, and what is told of it.</summary>
public sealed class DailySummaryTests : IDisposable
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly RunDesk _desk = new(new EventLog());

    public DailySummaryTests() => _desk.Add(new FakeAccount(ApiScene.Account(BotState.Managing)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_Day_CountsWhatEndedInIt()
    {
        using RecordStore store = RecordStore.Open(Path.Combine(_folder.Path, "records.db"), Timestamp.From(Midnight));
        store.Claim(new AccountRow("alpha", _folder.Path, "sim-x", Timestamp.From(Midnight)));
        store.Write("alpha", new RecordBatch { Trades = [Trade(1, -25, 7m), Trade(2, -23, 10.5m), Trade(3, -1, -4.25m), Trade(4, 0, 100m)] });

        Notification summary = new DailySummary(_desk, store, default, TimeZoneInfo.Utc).Of(Midnight - TimeSpan.FromDays(1), Midnight);

        summary.Kind.ShouldBe(NotificationKind.Summary);
        Language.English.Of(summary).ShouldBe("From 2026-03-01T00:00:00Z to 2026-03-02T00:00:00Z\nalpha: worth 10000.10, 2 trades, 1 won, result +6.25, fees 0.60");
    }

    [Fact]
    public void Of_NoRecords_SaysThatTradesAreMissing() => Language.English
        .Of(new DailySummary(_desk, null, default, TimeZoneInfo.Utc).Of(Midnight - TimeSpan.FromDays(1), Midnight))
        .ShouldContain("The records could not be read: trades are missing here.\nalpha: worth 10000.10, 0 trades");

    [Theory]
    [InlineData("UTC", "00:00", "2026-03-01T23:59:59Z", "2026-03-02T00:00:00Z")]
    [InlineData("UTC", "00:00", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")]
    [InlineData("Europe/Berlin", "18:30", "2026-01-10T17:29:00Z", "2026-01-10T17:30:00Z")]
    [InlineData("Europe/Berlin", "18:30", "2026-07-10T17:29:00Z", "2026-07-11T16:30:00Z")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    public void NextAfter_AnyZone_IsTheNextTimeOnItsClocks(string zone, string at, string now, string due) => new DailySummary(
        _desk, null, TimeOnly.ParseExact(at, "HH:mm", null), TimeZoneInfo.FindSystemTimeZoneById(zone))
        .NextAfter(DateTimeOffset.Parse(now, null)).ShouldBe(DateTimeOffset.Parse(due, null));

    private static TradeRow Trade(int number, double hours, decimal pnl) => new()
    {
        Number = number,
        Bot = "trend",
        Symbol = "BTCUSDT",
        Side = "long",
        EntryTime = Timestamp.From(Midnight.AddHours(hours - 1)),
        ExitTime = Timestamp.From(Midnight.AddHours(hours)),
        Quantity = 1,
        Fees = 0.3m,
        Pnl = pnl,
        ExitReason = "signal",
    };
}

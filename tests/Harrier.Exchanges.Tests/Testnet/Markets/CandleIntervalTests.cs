using Harrier.Domain;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class CandleIntervalTests
{
    [Theory]
    [InlineData("1s", "2024-02-29T13:47:59Z", "2024-02-29T13:47:59Z", "2024-02-29T13:48:00Z")]
    [InlineData("1m", "2024-02-29T13:47:59Z", "2024-02-29T13:47:00Z", "2024-02-29T13:48:00Z")]
    [InlineData("15m", "2024-02-29T13:47:59Z", "2024-02-29T13:45:00Z", "2024-02-29T14:00:00Z")]
    [InlineData("8h", "2024-02-29T13:47:59Z", "2024-02-29T08:00:00Z", "2024-02-29T16:00:00Z")]
    [InlineData("1d", "2024-02-29T13:47:59Z", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1w", "2024-03-03T23:59:59Z", "2024-02-26T00:00:00Z", "2024-03-04T00:00:00Z")]
    [InlineData("1w", "2024-03-04T00:00:00Z", "2024-03-04T00:00:00Z", "2024-03-11T00:00:00Z")]
    [InlineData("1M", "2024-02-29T13:47:59Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1M", "2023-12-31T23:59:59Z", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z")]
    public void Start_And_Next_FollowTheCalendar(string name, string time, string start, string next)
    {
        CandleInterval interval = CandleInterval.Find(name)!;
        Timestamp begins = interval.Start(Timestamp.From(DateTimeOffset.Parse(time, null)));

        begins.ToString().ShouldBe(start);
        interval.Next(begins).ToString().ShouldBe(next);
    }

    [Fact]
    public void All_AreTheVenuesIntervals_AndTheNamedOnesAreAmongThem()
    {
        string.Join(' ', CandleInterval.All).ShouldBe("1s 1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 3d 1w 1M");
        new[] { CandleInterval.Second, CandleInterval.Minute, CandleInterval.Hour, CandleInterval.Day }.Select(interval => interval.Name)
            .ShouldBe(["1s", "1m", "1h", "1d"]);
        CandleInterval.Find("2d").ShouldBeNull();
    }
}

using Harrier.Domain;

namespace Harrier.Tests.Domain;

/// <summary>Instants in nanoseconds.</summary>
public sealed class TimestampTests
{
    [Fact]
    public void ToString_IsIsoWithZAndNoEmptyFraction()
    {
        Timestamp.FromUnixSeconds(1_704_067_200).ToString().ShouldBe("2024-01-01T00:00:00Z");
        Timestamp.FromUnixMilliseconds(1_704_067_200_250).ToString().ShouldBe("2024-01-01T00:00:00.25Z");
    }

    [Fact]
    public void From_AnOffset_IsTheSameInstant() =>
        Timestamp.From(new DateTimeOffset(2024, 1, 1, 3, 0, 0, TimeSpan.FromHours(3))).ShouldBe(Timestamp.FromUnixSeconds(1_704_067_200));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(86_399, 0)]
    [InlineData(86_400, 1)]
    [InlineData(-1, -1)]
    public void UtcDay_CountsWholeDays(long seconds, long day) => Timestamp.FromUnixSeconds(seconds).UtcDay.ShouldBe(day);

    [Fact]
    public void Arithmetic_KeepsNanoseconds()
    {
        Timestamp time = new(1_000);
        (time + TimeSpan.FromTicks(3)).Nanos.ShouldBe(1_300);
        (new Timestamp(2_500) - time).Ticks.ShouldBe(15);
        (time < new Timestamp(1_001)).ShouldBeTrue();
        new Timestamp(-1).UnixMilliseconds.ShouldBe(-1);
    }
}

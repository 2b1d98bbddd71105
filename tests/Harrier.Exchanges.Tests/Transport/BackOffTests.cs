using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Tests.Transport;

public sealed class BackOffTests
{
    // The vector of the third system: min(2 * 2^attempts, 300) for attempts 0 to 8.
    [Fact]
    public void Bound_ConsecutiveFailures_DoublesUpToTheCap()
    {
        BackOff backOff = new() { Jitter = () => 0.5 };

        IEnumerable<double> bounds = Enumerable.Range(0, 9).Select(failures => backOff.Bound(failures).TotalSeconds);

        bounds.ShouldBe([2, 4, 8, 16, 32, 64, 128, 256, 300]);
        backOff.Bound(int.MaxValue).TotalSeconds.ShouldBe(300);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.25, 4.0)]
    [InlineData(0.999, 15.984)]
    public void Next_FourthFailure_IsAPartOfTheBound(double jitter, double expectedSeconds)
    {
        BackOff backOff = new() { Jitter = () => jitter };

        backOff.Next(3).TotalSeconds.ShouldBe(expectedSeconds, 1e-9);
    }
}

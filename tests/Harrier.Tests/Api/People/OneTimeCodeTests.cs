using System.Text;
using Harrier.Api.People;

namespace Harrier.Tests.Api.People;

public sealed class OneTimeCodeTests
{
    // The test vectors of RFC 6238, appendix B, for SHA-1: the last six of their eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Of_IsThatOfTheStandard(long seconds, string code)
    {
        string secret = OneTimeCode.Encode(Encoding.ASCII.GetBytes("12345678901234567890"));
        secret.ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        OneTimeCode.Of(secret, OneTimeCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);
    }

    [Fact]
    public void Match_TakesTheNeighbors_AndNoCodeTwice()
    {
        string secret = OneTimeCode.NewSecret();
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(3000);
        for (long step = 98; step <= 102; step++)
        {
            OneTimeCode.Match(secret, OneTimeCode.Of(secret, step), now, last: 0).ShouldBe(step is >= 99 and <= 101 ? step : null);
        }

        OneTimeCode.Match(secret, OneTimeCode.Of(secret, 100), now, last: 100).ShouldBeNull("it was used");
        OneTimeCode.Match(secret, "", now, last: 0).ShouldBeNull();
    }
}

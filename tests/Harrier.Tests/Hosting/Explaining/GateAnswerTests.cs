using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Explaining;

namespace Harrier.Tests.Hosting.Explaining;

/// <summary>The smallest change that turns a gate's answer over, by hand.</summary>
public sealed class GateAnswerTests
{
    [Theory]
    [InlineData(10_000, 5_000, false, GateBound.UpTo, "passes if the value falls by 5000")]
    [InlineData(4_000, 5_000, true, GateBound.UpTo, "refuses if the value rises by more than 1000")]
    [InlineData(20, 20, false, GateBound.Below, "passes if the value falls by more than 0")]
    [InlineData(19, 20, true, GateBound.Below, "refuses if the value rises by 1")]
    [InlineData(3, 5, false, GateBound.AtLeast, "passes if the value rises by 2")]
    [InlineData(8, 5, true, GateBound.AtLeast, "refuses if the value falls by more than 3")]
    public void Flip_OfAGate_NamesTheSmallestChange(int value, int limit, bool passes, GateBound bound, string flip)
    {
        GateAnswer answer = new(new GateReading(DenyRule.MaxPositionFraction, value, limit, passes, bound), null);
        (answer.Change, answer.Flip).ShouldBe((limit - value, flip));
    }

    [Fact]
    public void Flip_OfALimitThatEndsByItself_SaysWhen()
    {
        LimitReading standing = new(DenyRule.DailyLoss, 0.11m, 0.1m) { State = LimitState.Reached, EndsAt = new Timestamp(86_400 * Timestamp.NanosPerSecond) };
        new GateAnswer(new GateReading(DenyRule.DailyLoss, 0.11m, 0.1m, false, GateBound.Below), standing).Flip.ShouldBe("passes by itself at 1970-01-02T00:00:00Z");
        new GateAnswer(new GateReading(DenyRule.MaxDrawdown, 0.3m, 0.25m, false, GateBound.UpTo), null).Flip.ShouldBe("passes once the operator says so");
        new GateAnswer(new GateReading(DenyRule.MaxExposure, 0, null, true, GateBound.UpTo), null).Flip.ShouldBe("not set");
    }
}

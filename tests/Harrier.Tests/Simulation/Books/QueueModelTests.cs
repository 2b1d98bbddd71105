using FsCheck;
using FsCheck.Fluent;
using Harrier.Simulation.Books;

namespace Harrier.Tests.Simulation.Books;

/// <summary>Where canceled lots stood. Expected values are calculated by hand from the formula, as fractions where they are.</summary>
public sealed class QueueModelTests
{
    // Front 60, back 40, canceled 20. Uniform: p = 40/100, front' = 60 - 0.6 * 20. Cubic: p = 64/(64 + 216) = 8/35. Log: p = ln 41 / (ln 41 + ln 61).
    [Theory]
    [InlineData("back", 60)]
    [InlineData("uniform", 48)]
    [InlineData("cubic", 44.571428571428571)]
    [InlineData("log", 49.492230)]
    public void AfterCancels_OfTheVectors_IsTheKnownFront(string model, double expected) =>
        Of(model).AfterCancels(60, 40, 20).ShouldBe(expected, 1e-6);

    [Fact]
    public void AfterCancels_MoreThanStandsBehind_TakesTheRestFromAhead()
    {
        // 50 of 100 canceled, at most 40 of them behind.
        new BackOfQueue().AfterCancels(60, 40, 50).ShouldBe(50);
        new PowerQueue(1).AfterCancels(60, 40, 50).ShouldBe(30, 1e-9);
        new BackOfQueue().AfterCancels(60, 40, 100).ShouldBe(0);
    }

    [Theory]
    [InlineData("back")]
    [InlineData("uniform")]
    [InlineData("cubic")]
    [InlineData("log")]
    public void AfterCancels_NothingOnEitherSide_StaysZero(string model) => Of(model).AfterCancels(0, 0, 5).ShouldBe(0);

    [Theory]
    [InlineData("back")]
    [InlineData("uniform")]
    [InlineData("cubic")]
    [InlineData("log")]
    public void AfterCancels_OfAnyModel_TakesNoMoreThanWasCanceledAndNoLessThanItMust(string model) =>
        Prop.ForAll<NonNegativeInt, NonNegativeInt, PositiveInt>((front, back, canceled) =>
        {
            double gone = Math.Min(canceled.Get, front.Get + back.Get);
            double after = Of(model).AfterCancels(front.Get, back.Get, gone);
            return after >= Math.Max(0, front.Get - gone) - 1e-6 && after <= Math.Min(front.Get, front.Get + back.Get - gone) + 1e-6;
        }).QuickCheckThrowOnFailure();

    private static QueueModel Of(string name) => name switch
    {
        "back" => new BackOfQueue(),
        "uniform" => new PowerQueue(1),
        "cubic" => new PowerQueue(3),
        _ => new LogQueue(),
    };
}

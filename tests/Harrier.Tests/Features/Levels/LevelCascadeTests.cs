using Harrier.Domain;
using Harrier.Features.Levels;

namespace Harrier.Tests.Features.Levels;

public sealed class LevelCascadeTests
{
    private static readonly PriceLevel[] _levels = [.. new[] { 50000, 50005, 50010, 50200.0 }.Select(At)];

    [Theory]
    [InlineData(50005, 3, 0.15)]
    [InlineData(50200, 1, 0)]
    [InlineData(50080, 2, 0.1)]
    [InlineData(60000, 0, 0)]
    public void Around_Price_CountsTheLevelItself(double price, int count, double bonus)
    {
        LevelCascade cascade = LevelCascade.Around(_levels, price);
        cascade.Count.ShouldBe(count);
        cascade.HasCascade.ShouldBe(bonus > 0);
        cascade.Bonus.ShouldBe(bonus, 1e-12);
    }

    [Fact]
    public void Around_ManyLevels_BonusEnds() =>
        LevelCascade.Around([.. Enumerable.Range(0, 9).Select(i => At(50000 + i))], 50000).ShouldBe(new LevelCascade(true, 9, 0.2));

    [Fact]
    public void Quality_StrongLevelInCascade_ScoresOne()
    {
        LevelQuality quality = Of(At(50000) with { Strength = 0.7 });
        quality.Score.ShouldBe(1);
        quality.IsApproachedWell.ShouldBeFalse();
    }

    [Fact]
    public void Quality_OrdinaryLevelAlone_KeepsItsStrength() => Of(At(50123.45) with { Strength = 0.7 }).Score.ShouldBe(0.7, 1e-12);

    [Fact]
    public void Quality_RoundNumbersOff_NoBonus() =>
        LevelQuality.Of(At(50000) with { Strength = 0.5 }, [], default, new LevelQualitySettings { UseRoundNumbers = false }).Score.ShouldBe(0.5);

    private static LevelQuality Of(PriceLevel level) =>
        LevelQuality.Of(in level, _levels, new Approach(ApproachVerdict.TooFewBars, double.NaN, double.NaN, 0), new LevelQualitySettings { TickSize = 0.01 });

    private static PriceLevel At(double price) => new()
    {
        Kind = LevelKind.Resistance,
        Price = price,
        Touches = 3,
        Strength = 0.5,
        FirstTouch = default,
        LastTouch = default,
        BaseHeight = double.NaN,
        KnownAt = Timestamp.FromUnixSeconds(1),
    };
}

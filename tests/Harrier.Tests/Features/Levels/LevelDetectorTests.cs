using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.Levels;

namespace Harrier.Tests.Features.Levels;

public sealed class LevelDetectorTests : BarFeatureContract
{
    protected override IBarFeature Create() => new LevelDetector();

    protected override string Show(IBarFeature feature)
    {
        LevelDetector levels = (LevelDetector)feature;
        return Text(levels.Atr, levels.IsReady, string.Join(';', levels.Levels), string.Join(';', levels.Accepted), levels.ApproachTo(1000));
    }

    [Fact]
    public void Levels_SharedSeries_MeetsTheOriginal()
    {
        (LevelKind Kind, double Price, int Touches, double Strength)[] expected =
        [
            (LevelKind.Resistance, 105.359057071, 12, 0.768551587302),
            (LevelKind.Support, 98.2315242648, 10, 0.752678571429),
            (LevelKind.Support, 100.872221335, 13, 0.609821428571),
            (LevelKind.Resistance, 101.794104023, 10, 0.609821428571),
            (LevelKind.Support, 96.3245831555, 3, 0.605036351579),
            (LevelKind.Resistance, 99.8285770076, 15, 0.604265873016),
            (LevelKind.Support, 104.029042302, 8, 0.601884920635),
            (LevelKind.Resistance, 107.485739052, 2, 0.528882612163),
        ];
        ShouldBe(Fed(new LevelSettings { MinTouches = 2 }), expected);
        ShouldBe(Fed(new LevelSettings { MinTouches = 3 }), expected[..^1]);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(2, 60)]
    [InlineData(3, 25)]
    [InlineData(4, 140)]
    public void Levels_RandomSeries_EqualsTheSlowForm(int seed, int window)
    {
        LevelSettings settings = new() { Window = window, DonchianPeriods = [5, 20, 40] };
        LevelDetector detector = new(settings);
        List<ClosedBar> seen = [];
        foreach (ClosedBar bar in ClosedBars.Walk(seed, 260))
        {
            detector.OnBar(in bar);
            seen.Add(bar);
            if (seen.Count % 7 != 0)
            {
                continue;
            }

            List<NaiveLevels.Level> slow = NaiveLevels.Of(seen, settings);
            detector.Levels.Count.ShouldBe(slow.Count);
            for (int i = 0; i < slow.Count; i++)
            {
                PriceLevel level = detector.Levels[i];
                level.Kind.ShouldBe(slow[i].Kind);
                level.Price.ShouldBe(slow[i].Price, 1e-9);
                level.Touches.ShouldBe(slow[i].Touches);
                level.Strength.ShouldBe(slow[i].Strength, 1e-12);
                (double.IsNaN(level.BaseHeight) ? -1 : level.BaseHeight).ShouldBe(double.IsNaN(slow[i].BaseHeight) ? -1 : slow[i].BaseHeight, 1e-9);
                level.KnownAt.ShouldBe(bar.CloseTime);
            }
        }
    }

    [Fact]
    public void Levels_TooFewBars_None()
    {
        LevelDetector detector = new();
        foreach (ClosedBar bar in ClosedBars.Lcg(19))
        {
            detector.OnBar(in bar);
            detector.Levels.ShouldBeEmpty();
        }

        detector.IsReady.ShouldBeFalse();
    }

    [Fact]
    public void Levels_PricesTimesPowerOfTen_ScaleAlike()
    {
        LevelDetector small = new();
        LevelDetector reference = new();
        foreach (ClosedBar bar in ClosedBars.Lcg(120))
        {
            reference.OnBar(in bar);
            small.OnBar(bar with { Values = Indicators.SampleBars.Scaled(bar.Values, 1e-10) });
        }

        small.Levels.Count.ShouldBe(reference.Levels.Count);
        for (int i = 0; i < reference.Levels.Count; i++)
        {
            small.Levels[i].Price.ShouldBe(reference.Levels[i].Price * 1e-10, 1e-20);
            small.Levels[i].Strength.ShouldBe(reference.Levels[i].Strength, 1e-12);
        }
    }

    [Fact]
    public void BaseHeight_LowsFarBelow_IsTheNearestOfThem()
    {
        // A resistance at 110 touched four times, with lows of 100 and 103 under 95 % of it, and none between.
        var rows = Enumerable.Range(0, 30).Select(i => i % 7 == 3 ? (108.0, 110.0, 107.0, 108.0, 10.0) : (108.0, 108.5, i == 25 ? 100.0 : i == 27 ? 103.0 : 106.0, 108.0, 10.0));
        LevelDetector detector = Fed(new LevelSettings(), ClosedBars.Of(rows));
        PriceLevel level = detector.Nearest(LevelKind.Resistance, 109).ShouldNotBeNull();
        level.BaseHeight.ShouldBe(level.Price - 103, 1e-9);
    }

    [Fact]
    public void Nearest_BothSides_LooksAway()
    {
        LevelDetector detector = Fed(new LevelSettings());
        detector.Nearest(LevelKind.Resistance, 102)!.Value.Price.ShouldBe(105.359057071, 1e-8);
        detector.Nearest(LevelKind.Support, 102)!.Value.Price.ShouldBe(100.872221335, 1e-8);
        detector.Nearest(LevelKind.Support, 90).ShouldBeNull();
    }

    [Fact]
    public void Assess_Level_AddsBonusesUpToOne()
    {
        LevelDetector detector = Fed(new LevelSettings());
        PriceLevel level = detector.Levels[0];
        LevelQuality quality = detector.Assess(in level, new LevelQualitySettings { TickSize = 0.01 });
        quality.Round.IsRound.ShouldBeFalse();
        quality.Cascade.Count.ShouldBeGreaterThanOrEqualTo(1);
        quality.Score.ShouldBe(Math.Min(1, level.Strength + quality.Cascade.Bonus), 1e-12);
    }

    [Theory]
    [InlineData(0, 0.85)]
    [InlineData(300, 1.5)]
    [InlineData(300, 0)]
    public void Constructor_SettingOutOfRange_Throws(int window, double quantile) =>
        Should.Throw<IndicatorParameterException>(() => new LevelDetector(new LevelSettings { Window = window, VolumeQuantile = quantile }));

    private static void ShouldBe(LevelDetector detector, (LevelKind Kind, double Price, int Touches, double Strength)[] expected)
    {
        detector.Levels.Count.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            detector.Levels[i].Kind.ShouldBe(expected[i].Kind);
            detector.Levels[i].Price.ShouldBe(expected[i].Price, 1e-9);
            detector.Levels[i].Touches.ShouldBe(expected[i].Touches);
            detector.Levels[i].Strength.ShouldBe(expected[i].Strength, 1e-12);
        }
    }

    private static LevelDetector Fed(LevelSettings settings, ClosedBar[]? bars = null)
    {
        LevelDetector detector = new(settings);
        foreach (ClosedBar bar in bars ?? ClosedBars.Lcg(120))
        {
            detector.OnBar(in bar);
        }

        return detector;
    }
}

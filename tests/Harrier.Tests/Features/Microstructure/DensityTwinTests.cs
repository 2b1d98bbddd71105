using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>The detector against one that keeps every snapshot, sorts all sizes each time and walks the whole book.</summary>
public sealed class DensityTwinTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Walls_OnRandomBooksAndTapes_EqualASlowDetector(int seed)
    {
        FeatureRig rig = new();
        DensitySettings settings = new() { Strength = 4, LookBack = TimeSpan.FromSeconds(60) };
        DensityDetector detector = rig.Features.Density(FeatureRig.Id, settings);
        NaiveDensity naive = new(settings);
        HashSet<(DensityEventKind, RemovalReason)> seen = [];
        int events = 0;
        foreach (RandomMarket.Input input in RandomMarket.Make(seed, 4000))
        {
            input.Feed(rig.Engine);
            if (!naive.Feed(in input))
            {
                continue;
            }

            string[] ours = [.. detector.Events.ToArray().Select(Text)];
            ours.ShouldBe(naive.Events, ignoreOrder: true);
            events += ours.Length;
            seen.UnionWith(detector.Events.ToArray().Select(one => (one.Kind, one.Reason)));
            detector.WallCount.ShouldBe(naive.Walls.Count);
            for (int i = 0; i < detector.WallCount; i++)
            {
                Wall wall = detector[i];
                NaiveDensity.NaiveWall other = naive.Walls.Single(one => one.IsAsk == (wall.Side == OrderSide.Sell) && one.Bucket * naive.Width == wall.Low.Value);
                (wall.Size, wall.MaxSize, wall.Consumed).ShouldBe((other.Size * 0.001, other.Max * 0.001, other.Consumed * 0.001));
                wall.Strength.ShouldBe(other.Size / naive.Median, 1e-12);
            }
        }

        events.ShouldBeGreaterThan(40);
        seen.ShouldContain((DensityEventKind.Detected, RemovalReason.None));
        seen.ShouldContain((DensityEventKind.Removed, RemovalReason.Canceled));
        seen.ShouldContain((DensityEventKind.Removed, RemovalReason.Expired));
    }

    private static string Text(DensityEvent one) => $"{one.Kind} {one.Reason} {one.Wall.Side} {one.Wall.Low.Value}";
}

using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>
/// The staged wall of systems.md 2.3, acceptance 6 of 6.1, and what makes ours differ: walls are followed below the threshold, eaten comes once, and the
/// tape decides between eaten and canceled.
/// </summary>
public sealed class DensityDetectorTests
{
    private const double WallPrice = 49950;

    // A tick of 5: three units near 1 bp are 15, as wide as the published buckets.
    private readonly Listener _listener = new();
    private readonly FeatureRig _rig;

    public DensityDetectorTests() => _rig = new FeatureRig(5, _listener);

    private DensityDetector Walls => _listener.Detector!;

    [Fact]
    public void StagedWall_WithItsTape_GivesTheTable()
    {
        Stage(0, 60);
        _listener.Take().ShouldBe("Detected 49955");
        Walls.Threshold!.Value.ShouldBe(7, 1e-9);
        Walls.MedianSize!.Value.ShouldBe(1, 1e-9);
        ShouldBe(61, eaten: 0, thresholdRatio: 8.714);
        Walls[0].Strength.ShouldBe(61, 1e-9);

        Step(1, (60, 0), 0, 8.714, "");
        Step(2, (40, 20), .327869, 5.857, "");
        Step(3, (20, 20), .655738, 3.0, "");
        Step(4, (12, 8), .786885, 1.857, "Eaten 49955");

        // Published: eaten again with every update. Ours: once.
        Step(5, (8, 4), .852459, 1.286, "");

        // Published: removed because it fell under the threshold. Ours: because there is but a remnant, and the tape says that it was consumed.
        Tape(6, 5);
        Stage(6, 3);
        _listener.Take().ShouldBe("Removed Consumed 49955");
        Walls.WallCount.ShouldBe(0);
        Stage(7, 60);
        _listener.Take().ShouldBe("Detected 49955");
        ShouldBe(61, eaten: 0, thresholdRatio: 8.714);
    }

    [Fact]
    public void StagedWall_WithoutATape_IsCanceled()
    {
        foreach ((int second, decimal size) in (IEnumerable<(int, decimal)>)[(0, 60), (1, 60), (2, 40), (3, 20), (4, 12)])
        {
            Stage(second, size);
        }

        _listener.Take().ShouldBe("Detected 49955");
        Walls[0].EatenRatio.ShouldBe(.786885, 1e-6);
        Stage(5, 8);
        _listener.Take().ShouldBe("", "9 is still a wall");
        Stage(6, 3);
        _listener.Take().ShouldBe("Removed Canceled 49955");
        Stage(7, 60);
        _listener.Take().ShouldBe("Detected 49955");
    }

    [Fact]
    public void AtPrice_OfTheStagedWall_FindsItOnItsSideOnly()
    {
        Stage(0, 60);
        Walls.AtPrice(Ticks(49950), OrderSide.Buy).ShouldNotBeNull().Size.ShouldBe(61, 1e-9);
        Walls.AtPrice(Ticks(49950), OrderSide.Sell).ShouldBeNull();
        Walls.AtPrice(Ticks(49800), OrderSide.Buy).ShouldBeNull();
        Walls.AtPrice(Ticks(49800), OrderSide.Buy, toleranceBps: 40).ShouldNotBeNull();
        Walls.Largest(OrderSide.Buy).ShouldBe(Walls[0]);
        Walls.Largest(OrderSide.Sell).ShouldBeNull();
    }

    [Fact]
    public void Wall_OfOneAndAHalfThresholdsFullyEaten_IsEatenOnce()
    {
        Stage(0, 9.5m);
        ShouldBe(10.5, eaten: 0, thresholdRatio: 1.5);
        _listener.Take().ShouldBe("Detected 49955");
        double time = 0;
        for (decimal size = 9; size >= 0; size -= 0.5m)
        {
            Tape(time += 0.05, 0.5m);
            Stage(time, size);
        }

        Stage(5, 0);
        Stage(6, 0);
        _listener.Take().ShouldBe("Eaten 49955, Removed Consumed 49955");
    }

    [Fact]
    public void Wall_OfOneAndAHalfThresholdsCanceled_IsRemoved()
    {
        Stage(0, 9.5m);
        Stage(1, 0);
        Stage(1.4, 0);
        _listener.Take().ShouldBe("Detected 49955");
        Stage(1.6, 0);
        _listener.Take().ShouldBe("Removed Canceled 49955");
    }

    [Fact]
    public void Tape_ThatComesAfterTheBook_StillExplainsTheLoss()
    {
        Stage(0, 60);
        Stage(1, 0);
        Tape(1.3, 60);
        Stage(1.45, 0);
        _listener.Take().ShouldBe("Detected 49955, Eaten 49955, Removed Consumed 49955");
    }

    [Theory]
    [InlineData(true, 49950)]
    [InlineData(false, 49965)]
    public void Trades_ElsewhereOrOfTheOtherSide_ExplainNothing(bool isBuy, double price)
    {
        Stage(0, 60);
        _rig.Trade(0.5, 60, isSell: !isBuy, (decimal)price);
        Stage(1, 0);
        Stage(2, 0);
        _listener.Take().ShouldBe("Detected 49955, Removed Canceled 49955");
    }

    [Fact]
    public void Wall_ThatRegrows_IsRefreshedAndCanBeEatenAgain()
    {
        Stage(0, 60);
        Tape(1, 48);
        Stage(1, 12);
        Stage(2, 55);
        _listener.Take().ShouldBe("Detected 49955, Eaten 49955, Refreshed 49955");
        Walls[0].IsEaten.ShouldBeFalse();
        Tape(3, 43);
        Stage(3, 12);
        _listener.Take().ShouldBe("Eaten 49955");
        Walls[0].MaxSize.ShouldBe(61, 1e-9);
        Walls[0].Consumed.ShouldBe(91, 1e-9);
    }

    [Fact]
    public void Wall_ThatGrows_IsMeasuredAgainstItsLargestSize()
    {
        Stage(0, 20);
        Stage(1, 60);
        Walls[0].InitialSize.ShouldBe(21, 1e-9);
        Walls[0].MaxSize.ShouldBe(61, 1e-9);
        Stage(2, 40);
        Walls[0].EatenRatio.ShouldBe(.327869, 1e-6);
    }

    [Fact]
    public void Resync_IsNoCancel()
    {
        Stage(0, 60);
        _rig.Fault(1);
        Walls.WallCount.ShouldBe(0);
        Walls.Threshold.ShouldBeNull();
        Stage(3, 60);
        _listener.Take().ShouldBe("Detected 49955");
        ShouldBe(61, eaten: 0, thresholdRatio: 8.714);
        _rig.Fault(4);
        Stage(6, 0);
        _listener.Take().ShouldBe("Removed Expired 49955");
    }

    [Fact]
    public void Wall_TheMarketMovesAwayFrom_IsRemovedOutOfRange()
    {
        Stage(0, 60);
        _rig.Change(1000.5, [], [(50400, 1)]);
        for (int i = 1; i <= 30; i++)
        {
            // The spread rises: one level less of asks, one more of bids.
            _rig.Change(1000 + i, [(50000 + (10 * i), 1)], [(50000 + (10 * i), 0)]);
        }

        _listener.Take().ShouldBe("Detected 49955, Removed OutOfRange 49955");
    }

    [Fact]
    public void Wall_ThatIsNoneForLongerThanTheLookBack_Expires()
    {
        Stage(0, 9.5m);
        Stage(1, 5);
        for (int second = 2; second <= 302; second++)
        {
            Stage(second, 5);
        }

        _listener.Take().ShouldBe("Detected 49955, Removed Expired 49955");
    }

    [Fact]
    public void Look_BetweenTwoCadences_IsNotTaken()
    {
        Stage(0, 1);
        Stage(0.05, 60);
        _listener.Take().ShouldBe("");
        Stage(0.1, 60);
        _listener.Take().ShouldBe("Detected 49955");
    }

    [Fact]
    public void Grid_OfAReferencePrice_IsThePowerOfTenNearestToOneBp()
    {
        PriceGrid.For(6_100_000, 3).Width.ShouldBe(3000, "61,000 in cents: 1 bp is 6.10, 10 is nearer than 1 as a ratio");
        PriceGrid.For(2_000_000, 3).Width.ShouldBe(300);
        PriceGrid.For(10_001, 3).Width.ShouldBe(3);
        PriceGrid.For(50, 3).Width.ShouldBe(3, "never below a tick");
        PriceGrid.For(33_000, 1).Width.ShouldBe(10);
        PriceGrid.For(31_000, 1).Width.ShouldBe(1);
    }

    [Fact]
    public void Settings_OutOfRange_AreRefused() => Should.Throw<ArgumentException>(() => new DensitySettings { Strength = 1 }.Check()).Message.ShouldContain("above 1, got 1");

    private static PriceTicks Ticks(decimal price) => new((long)(price / 5));

    private void Step(int second, (decimal Size, decimal Traded) wall, double eaten, double thresholdRatio, string events)
    {
        if (wall.Traded > 0)
        {
            Tape(second, wall.Traded);
        }

        Stage(second, wall.Size);
        _listener.Take().ShouldBe(events);
        ShouldBe((double)wall.Size + 1, eaten, thresholdRatio);
    }

    private void ShouldBe(double size, double eaten, double thresholdRatio)
    {
        Walls.WallCount.ShouldBe(1);
        Walls[0].Size.ShouldBe(size, 1e-9);
        Walls[0].EatenRatio.ShouldBe(eaten, 1e-6);
        Walls[0].ThresholdRatio.ShouldBe(thresholdRatio, 1e-3);
    }

    private void Tape(double second, decimal size) => _rig.Trade(1000 + second, size, isSell: true, (decimal)WallPrice);

    // 25 bids from 50000 down and 25 asks from 50010 up, size 1 each but for the wall.
    private void Stage(double second, decimal wall)
    {
        if (_rig.Engine.Market.Book(FeatureRig.Id) is not null)
        {
            _rig.Change(1000 + second, [((decimal)WallPrice, wall)], []);
            return;
        }

        _rig.Snapshot(
            1000 + second,
            [.. Enumerable.Range(0, 25).Select(i => (50000m - (10 * i), i == 5 ? wall : 1m)).Where(level => level.Item2 > 0)],
            [.. Enumerable.Range(0, 25).Select(i => (50010m + (10 * i), 1m))]);
    }

    /// <summary>A strategy that writes down what it is told.</summary>
    private sealed class Listener : Strategy
    {
        private readonly List<string> _events = [];

        public DensityDetector? Detector { get; private set; }

        public string Take()
        {
            string all = string.Join(", ", _events);
            _events.Clear();
            return all;
        }

        protected override void OnStart() => Detector = Features.Density(Instrument.Id);

        protected override void OnDensity(DensityDetector detector, in DensityEvent densityEvent)
        {
            detector.ShouldBe(Detector);
            string reason = densityEvent.Reason == RemovalReason.None ? "" : $" {densityEvent.Reason}";
            _events.Add(FormattableString.Invariant($"{densityEvent.Kind}{reason} {Math.Floor(densityEvent.Wall.Price)}"));
        }
    }
}

using Harrier.Features;
using Harrier.Features.Patterns;

namespace Harrier.Tests.Features.Patterns;

public sealed class WyckoffDetectorTests(ITestOutputHelper output) : BarFeatureContract
{
    protected override IBarFeature Create() => new WyckoffDetector();

    protected override string Show(IBarFeature feature)
    {
        WyckoffDetector detector = (WyckoffDetector)feature;
        return Text(Text(detector.Events), Text(detector.Signals), Show(detector.Accumulation), Show(detector.Distribution), detector.Leading?.Phase);
    }

    [Theory]
    [InlineData(1, 100, 0.12, 0.02, false)]
    [InlineData(2, 100, 0.12, 0.02, true)]
    [InlineData(3, 94, 0.12, 0.0372, false)]
    [InlineData(4, 94, 0.12, 0.0372, true)]
    [InlineData(5, 30000, 0.05, 0.006, false)]
    [InlineData(6, 0.00001234, 0.2, 0.03, true)]
    public void OnBar_TextbookAccumulation_SpringThenOneBuyUnderIt(int seed, double support, double height, double depth, bool later)
    {
        ClosedBar[] bars = Textbook.Accumulation(seed, support, height, depth, later);
        (List<WyckoffPhase> phases, WyckoffDetector detector) = Walked(bars, d => d.Accumulation);
        string events = Shown(detector);
        output.WriteLine(events);
        phases.ShouldBe([WyckoffPhase.A, WyckoffPhase.B, WyckoffPhase.C, WyckoffPhase.D, WyckoffPhase.E, WyckoffPhase.None], events);
        foreach (string code in (string[])["SC", "AR", "ST", "SPRING", "TEST", "SOS", "LPS", "COMPLETED"])
        {
            events.Split(' ').Count(e => e == code).ShouldBe(1, events);
        }

        WyckoffSignal signal = detector.Signals.Recent.ToArray().ShouldHaveSingleItem();
        signal.IsBuy.ShouldBeTrue();
        signal.Stop.ShouldBeLessThan(support * (1 - depth));
        signal.Stop.ShouldBeLessThan(signal.Entry);
        signal.Target.ShouldBeGreaterThan(signal.Entry);
        signal.Confidence.ShouldBeInRange(0.5, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OnBar_TextbookDistribution_UpthrustThenOneSellOverIt(int seed)
    {
        ClosedBar[] bars = Textbook.UpsideDown(Textbook.Accumulation(seed), 300);
        (List<WyckoffPhase> phases, WyckoffDetector detector) = Walked(bars, d => d.Distribution);
        string events = Shown(detector);
        phases.ShouldBe([WyckoffPhase.A, WyckoffPhase.B, WyckoffPhase.C, WyckoffPhase.D, WyckoffPhase.E, WyckoffPhase.None], events);
        events.ShouldContain("UTAD");
        events.ShouldContain("SOW");
        events.ShouldContain("LPSY");
        WyckoffSignal signal = detector.Signals.Recent.ToArray().ShouldHaveSingleItem();
        signal.IsBuy.ShouldBeFalse();
        signal.Stop.ShouldBeGreaterThan(202);
        signal.Target.ShouldBeLessThan(signal.Entry);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5)]
    public void OnBar_RandomSeries_EqualsTheSlowForm(int minRangeBars)
    {
        int found = 0;
        WyckoffSettings settings = new() { AverageBars = 6, MinRangeBars = minRangeBars, MaxRangeBars = 80 };
        for (int seed = 0; seed < 60; seed++)
        {
            ClosedBar[] bars = seed < 50 ? ClosedBars.Walk(seed, 700) : [.. ClosedBars.Walk(seed, 80), .. Shifted(Textbook.Accumulation(seed))];
            WyckoffDetector detector = new(settings);
            List<string> events = [];
            foreach (ClosedBar bar in bars)
            {
                detector.OnBar(in bar);
                events.AddRange(detector.Events.New.ToArray()
                    .Where(e => e.Schematic == WyckoffSchematic.Accumulation && e.Kind is not (WyckoffEventKind.PreliminarySupport or WyckoffEventKind.Completed or WyckoffEventKind.Invalidated))
                    .Select(e => $"{e.Code} {e.Index}@{e.KnownIndex}"));
            }

            events.ShouldBe(new NaiveWyckoff(bars, settings).Tell(), $"seed {seed}");
            found += events.Count(e => e.StartsWith("SPRING", StringComparison.Ordinal));
        }

        found.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void OnBar_RandomWalks_AreNotFullOfSprings()
    {
        const int bars = 5000;
        const int walks = 40;
        int springs = 0;
        int signals = 0;
        for (int seed = 0; seed < walks; seed++)
        {
            WyckoffDetector detector = new();
            foreach (ClosedBar bar in HeavyTailedWalk(seed, bars))
            {
                detector.OnBar(in bar);
                springs += detector.Events.New.ToArray().Count(e => e.Kind == WyckoffEventKind.Spring);
                signals += detector.Signals.New.Length;
            }
        }

        double perThousand = 1000.0 * springs / (bars * walks);
        output.WriteLine($"springs and upthrusts {springs} in {bars * walks} bars: {perThousand:0.00} per 1000; signals {signals}");
        perThousand.ShouldBeInRange(0.01, 2);
    }

    [Fact]
    public void OnBar_Always_PhasesOnlyMoveForwardAndEventsAreKnownInOrder()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            WyckoffDetector detector = new(new WyckoffSettings { AverageBars = 6, MinRangeBars = 5 });
            int index = -1;
            Dictionary<(WyckoffSchematic, int), WyckoffPhase> reached = [];
            foreach (ClosedBar bar in ClosedBars.Walk(seed, 2000))
            {
                detector.OnBar(in bar);
                index++;
                foreach (WyckoffEvent one in detector.Events.New)
                {
                    one.KnownIndex.ShouldBe(index);
                    one.KnownAt.ShouldBe(bar.CloseTime);
                    one.Index.ShouldBeLessThanOrEqualTo(index);
                    if (one.Phase != WyckoffPhase.None)
                    {
                        ((int)one.Phase).ShouldBeGreaterThanOrEqualTo((int)reached.GetValueOrDefault((one.Schematic, one.Structure)));
                        reached[(one.Schematic, one.Structure)] = one.Phase;
                    }
                }

                foreach (WyckoffSignal signal in detector.Signals.New)
                {
                    Math.Sign(signal.Entry - signal.Stop).ShouldBe(signal.IsBuy ? 1 : -1);
                    Math.Sign(signal.Target - signal.Entry).ShouldBe(signal.IsBuy ? 1 : -1);
                }
            }
        }
    }

    [Fact]
    public void Leading_NoStructure_IsNull() => new WyckoffDetector().Leading.ShouldBeNull();

    private static string Show(WyckoffCycle cycle) =>
        Text(cycle.Phase, cycle.Structures, cycle.ClimaxIndex, cycle.Support, cycle.Resistance, cycle.SpringPrice, cycle.Target, cycle.Institutional, cycle.Strength, cycle.Confidence);

    private static string Shown(WyckoffDetector detector) => string.Join(' ', detector.Events.Recent.ToArray().Select(e => $"{e.Code} {e.Index}@{e.KnownIndex}"));

    private static IEnumerable<ClosedBar> Shifted(ClosedBar[] bars) => bars.Select(bar => bar with
    {
        Values = bar.Values with { Open = bar.Open * 10, High = bar.High * 10, Low = bar.Low * 10, Close = bar.Close * 10, Volume = bar.Volume / 4 },
    });

    // Changes and volumes with heavy tails that come together, as in markets: the hardest noise for a detector of climaxes.
    private static IEnumerable<ClosedBar> HeavyTailedWalk(int seed, int count)
    {
        Random random = new(seed);
        List<(double, double, double, double, double)> rows = [];
        double last = 1000;
        for (int i = 0; i < count; i++)
        {
            double size = 0.004 * Math.Exp(0.8 * Normal(random));
            double high = last;
            double low = last;
            double price = last;
            for (int tick = 0; tick < 20; tick++)
            {
                price *= 1 + (size * Normal(random) / Math.Sqrt(20));
                high = Math.Max(high, price);
                low = Math.Min(low, price);
            }

            rows.Add((last, high, low, price, 1000 * (size / 0.004) * Math.Exp(0.3 * Normal(random))));
            last = price;
        }

        return ClosedBars.Of(rows);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static (List<WyckoffPhase> Phases, WyckoffDetector Detector) Walked(ClosedBar[] bars, Func<WyckoffDetector, WyckoffCycle> cycle)
    {
        WyckoffDetector detector = new();
        List<WyckoffPhase> phases = [];
        foreach (ClosedBar bar in bars)
        {
            detector.OnBar(in bar);
            WyckoffPhase phase = cycle(detector).Phase;
            if (phases.Count == 0 ? phase != WyckoffPhase.None : phases[^1] != phase)
            {
                phases.Add(phase);
            }
        }

        return (phases, detector);
    }
}

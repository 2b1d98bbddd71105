using Harrier.Features.Microstructure;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>The tracker inside an engine: a sample each second, also of silence.</summary>
public sealed class ActivityTrackerTests
{
    private readonly FeatureRig _rig = new();
    private readonly ActivityTracker _activity;

    public ActivityTrackerTests() => _activity = _rig.Features.Activity(FeatureRig.Id);

    [Fact]
    public void Samples_WithoutATrade_AreNotTaken()
    {
        _rig.Wait(1_700_000_000);
        _activity.Reading.Samples.ShouldBe(0);
    }

    [Fact]
    public void Index_InAnEngine_IsThatOfTheSampledTape()
    {
        Random random = new(8);
        TradeFlow flow = _rig.Features.TradeFlow(FeatureRig.Id);
        ActivityIndex expected = new();
        for (int second = 1000; second < 1300; second++)
        {
            // At the whole second the sample is taken before what comes at that very instant.
            if (second > 1000)
            {
                TradeFlowReading now = flow.At(FeatureRig.At(second));
                expected.Update(now.TradesPerMinute60s, now.TradesPerSecond10s, now.VolumeDelta60s, FeatureRig.At(second));
                _rig.Wait(second);
                _activity.Reading.ShouldBe(expected.Reading);
            }

            for (int i = random.Next(5); i > 0; i--)
            {
                _rig.Trade(second + (0.9 / i), random.Next(1, 9), random.Next(2) == 0);
            }

            if (second == 1000)
            {
                _rig.Trade(second + 0.95, 1);
            }
        }

        _activity.Reading.Samples.ShouldBe(60);
    }

    [Fact]
    public void Market_ThatDies_IsSeenWithoutAnotherTrade()
    {
        for (int i = 0; i < 1200; i++)
        {
            _rig.Trade(1000 + (i / 10.0), 1, isSell: i % 2 == 0);
        }

        _activity.IsDropping.ShouldBeFalse();
        _activity.DropFraction.ShouldBe(0, 0.01);
        _activity.MeanTradesPerMinute.ShouldNotBeNull().ShouldBeInRange(400, 602);
        _rig.Wait(1125);
        _activity.DropFraction.ShouldBe(0.5, 0.08, "half of the ten seconds are empty");
        _activity.IsDroppingBy(0.4).ShouldBeTrue();
        _activity.IsDroppingBy(0.6).ShouldBeFalse();
        _rig.Wait(1131);
        _activity.DropFraction.ShouldBe(1);
        _rig.Wait(2000);
        _activity.Reading.LastUpdate.ShouldBe(FeatureRig.At(2000));
        (_activity.DropFraction, _activity.Index).ShouldBe((1, 0));
    }

    [Fact]
    public void MeanTradesPerMinute_BeforeAMinuteOfSamples_IsUnknown()
    {
        _rig.Trade(1000, 1);
        _rig.Wait(1059);
        _activity.MeanTradesPerMinute.ShouldBeNull();
        _rig.Wait(1060);
        _activity.MeanTradesPerMinute.ShouldBe(1);
        _rig.Wait(1120);
        _activity.MeanTradesPerMinute.ShouldBe(0.5);
    }
}

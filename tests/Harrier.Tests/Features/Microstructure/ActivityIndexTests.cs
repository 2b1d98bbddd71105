using System.Buffers;
using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Tests.Features.Microstructure;

/// <summary>Vectors of the published tracker (systems.md 2.4) for the index; the drop is ours, and is measured on the rate.</summary>
public sealed class ActivityIndexTests
{
    public static TheoryData<int, double> Vectors() => new()
    {
        { 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 5.19615242271 }, { 4, 5.25 }, { 5, 5.22592125637 }, { 6, 3.21578137285 }, { 7, 4.42555856225 },
        { 8, 4.4691637938 }, { 9, 4.52102593586 }, { 10, 4.38625193765 }, { 11, -0.324313430446 }, { 12, -4.23477079214 }, { 13, -5.54666144103 },
    };

    private static readonly (double Tpm, double Tps, double Delta)[] Samples =
    [
        (30, .5, 100), (30, .5, 100), (30, .5, 100), (40, .7, -150), (50, .9, 200), (60, 1, 300), (55, .95, -250), (65, 1.1, 320),
        (70, 1.2, 350), (75, 1.25, 400), (80, 1.3, 420), (60, .8, 200), (30, .4, 50), (10, .1, 5),
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Index_OfThePublishedSeries_IsThatOfTheVectors(int sample, double expected) => Fed(sample + 1).Reading.Index.ShouldBe(expected, 1e-9);

    [Fact]
    public void Drop_OfThePublishedSeries_IsOnTheRateAndBelowOne()
    {
        // Published: dropping at 11 with a fraction of 1.35, because the index fell; the rate, 0.8, is still at 0.89 of its mean.
        Fed(12).Reading.DropFraction.ShouldBe(1 - (0.8 / (9.9 / 11)), 1e-12);
        Fed(12).Reading.IsDropping.ShouldBeFalse();
        Fed(13).Reading.DropFraction.ShouldBe(1 - (0.4 / (10.7 / 12)), 1e-12);
        Fed(13).Reading.IsDropping.ShouldBeTrue();
        Fed(14).Reading.DropFraction.ShouldBe(1 - (0.1 / (11.1 / 13)), 1e-12);
        Fed(14).Reading.IsDropping.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(1.7)]
    [InlineData(1234567.1)]
    [InlineData(0)]
    public void Activity_ThatIsConstant_HasNoIndexAndNeverDrops(double rate)
    {
        ActivityIndex index = new();
        for (int i = 0; i < 500; i++)
        {
            ActivityReading reading = index.Update(rate * 60, rate, rate * 7, new Timestamp(i));
            (reading.Index, reading.DropFraction, reading.IsDropping).ShouldBe((0, 0, false));
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(5000)]
    public void Activity_ThatHalves_DropsByHalfAtAnyScale(double scale)
    {
        ActivityIndex index = After(100, scale);
        ActivityReading reading = index.Update(30 * scale, 0.5 * scale, 0, default);
        reading.DropFraction.ShouldBe(0.5, 1e-9);
        reading.IsDropping.ShouldBeTrue();
    }

    [Fact]
    public void Activity_ThatFallsSilent_DropsToOneAndStaysThere()
    {
        ActivityIndex index = After(100, 1);
        for (int i = 0; i < 500; i++)
        {
            ActivityReading reading = index.Update(0, 0, 0, default);
            (reading.DropFraction, reading.IsDropping).ShouldBe((1, true));
        }

        index.Update(1, 0.1, 1, default).IsDropping.ShouldBeFalse();
    }

    [Fact]
    public void Drop_OnRandomRates_IsWithinBoundsAndDoesNotDependOnScale()
    {
        Random random = new(5);
        ActivityIndex one = new();
        ActivityIndex other = new();
        for (int i = 0; i < 2000; i++)
        {
            double rate = random.Next(5) == 0 ? 0 : random.NextDouble() * random.Next(1, 50);
            double delta = random.NextDouble() - 0.5;
            ActivityReading small = one.Update(rate * 60, rate, delta, default);
            ActivityReading large = other.Update(rate * 60 * 1024, rate * 1024, delta * 1024, default);
            small.DropFraction.ShouldBeInRange(0, 1);
            large.DropFraction.ShouldBe(small.DropFraction, 1e-12);
            large.IsDropping.ShouldBe(small.IsDropping);
            small.IsDropping.ShouldBe(i >= 9 && small.DropFraction >= 0.3);
        }
    }

    [Fact]
    public void Restore_AtAnySample_ContinuesBitEqual()
    {
        Random random = new(3);
        ActivityIndex unbroken = new(7, 0.4);
        ActivityIndex restarted = new(7, 0.4);
        for (int i = 0; i < 100; i++)
        {
            (double tpm, double tps, double delta) = (random.Next(100), random.NextDouble(), random.NextDouble() - 0.5);
            unbroken.Update(tpm, tps, delta, new Timestamp(i));
            restarted.Update(tpm, tps, delta, new Timestamp(i));
            ArrayBufferWriter<byte> state = new();
            StateWriter writer = new(state);
            restarted.Save(ref writer);
            restarted = new ActivityIndex(7, 0.4);
            StateReader reader = new(state.WrittenSpan);
            restarted.Restore(ref reader);
            reader.Remaining.ShouldBe(0);
            restarted.Reading.ShouldBe(unbroken.Reading);
        }
    }

    private static ActivityIndex Fed(int count)
    {
        ActivityIndex index = new();
        foreach ((double tpm, double tps, double delta) in Samples.Take(count))
        {
            index.Update(tpm, tps, delta, default);
        }

        return index;
    }

    private static ActivityIndex After(int samples, double scale)
    {
        ActivityIndex index = new();
        for (int i = 0; i < samples; i++)
        {
            index.Update(60 * scale, scale, scale, default);
        }

        return index;
    }
}

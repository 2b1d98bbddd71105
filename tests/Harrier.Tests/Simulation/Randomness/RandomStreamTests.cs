using System.Buffers;
using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Tests.Simulation.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextUInt64_SeedZero_IsXoshiro256StarStarSeededBySplitMix64()
    {
        // The state after seeding with 0 is the first four outputs of SplitMix64, which are published with it (Vigna, splitmix64.c):
        // e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f f88bb8a8724c81ec. The first output is rotl(s1 * 5, 7) * 9 of these.
        ulong expected = unchecked(ulong.RotateLeft(0x6E78_9E6A_A1B9_65F4UL * 5, 7) * 9);

        new RandomStream(0).NextUInt64().ShouldBe(expected);
    }

    [Fact]
    public void Stream_SameSeed_RepeatsAndOtherPurposeDiffers()
    {
        RandomStream first = new(7, 1);
        RandomStream second = new(7, 1);
        RandomStream other = new(7, 2);
        for (int i = 0; i < 100; i++)
        {
            ulong value = first.NextUInt64();
            second.NextUInt64().ShouldBe(value);
            other.NextUInt64().ShouldNotBe(value);
        }
    }

    [Fact]
    public void Restore_InTheMiddleOfAPairOfNormals_Continues()
    {
        RandomStream original = new(3);
        _ = original.NextNormal();
        ArrayBufferWriter<byte> buffer = new();
        StateWriter writer = new(buffer);
        original.Save(ref writer);
        RandomStream restored = new(99);
        StateReader reader = new(buffer.WrittenSpan);
        restored.Restore(ref reader);

        reader.Remaining.ShouldBe(0);
        for (int i = 0; i < 10; i++)
        {
            restored.NextNormal().ShouldBe(original.NextNormal());
            restored.NextUInt64().ShouldBe(original.NextUInt64());
        }
    }

    [Fact]
    public void Distributions_ManyDraws_HaveTheirMoments()
    {
        const int Draws = 200_000;
        RandomStream random = new(11);
        double uniform = 0;
        double normal = 0;
        double square = 0;
        double fourth = 0;
        double exponential = 0;
        int[] faces = new int[6];
        for (int i = 0; i < Draws; i++)
        {
            double u = random.NextDouble();
            u.ShouldBeInRange(0, 1 - double.Epsilon);
            uniform += u;
            double z = random.NextNormal();
            normal += z;
            square += z * z;
            fourth += z * z * z * z;
            exponential += random.NextExponential();
            faces[random.NextInt32(6)]++;
        }

        // Five standard errors of each estimate.
        (uniform / Draws).ShouldBe(0.5, 5 * 0.2887 / Math.Sqrt(Draws));
        (normal / Draws).ShouldBe(0, 5 / Math.Sqrt(Draws));
        (square / Draws).ShouldBe(1, 5 * Math.Sqrt(2.0 / Draws));
        (fourth / Draws).ShouldBe(3, 5 * Math.Sqrt(96.0 / Draws));
        (exponential / Draws).ShouldBe(1, 5 / Math.Sqrt(Draws));
        faces.ShouldAllBe(count => Math.Abs(count - (Draws / 6.0)) < 5 * Math.Sqrt(Draws * 5 / 36.0));
    }

    [Fact]
    public void NextInt32_NoRange_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => new RandomStream(1).NextInt32(0));
}

using System.Numerics;
using Harrier.Domain;

namespace Harrier.Simulation.Randomness;

/// <summary>
/// A seeded stream of random numbers that is part of the saved state: the same seed gives the same numbers on every machine. Generator
/// xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64 (Steele, Lea and Flood, 2014). Not for secrets.
/// </summary>
public sealed class RandomStream : IStateful
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double _spare;
    private bool _hasSpare;

    /// <summary>The stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="purpose">Separates streams of one seed that must not be correlated; any number.</param>
    public RandomStream(long seed, int purpose = 0)
    {
        ulong state = unchecked((ulong)seed + ((ulong)(uint)purpose * 0xD1B5_4A32_D192_ED03UL));
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = unchecked(BitOperations.RotateLeft(_b * 5, 7) * 9);
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusiveMax"/>); the bias is below <paramref name="exclusiveMax"/> / 2^64.</summary>
    /// <param name="exclusiveMax">Above 0.</param>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        return (int)Math.BigMul(NextUInt64(), (ulong)exclusiveMax, out _);
    }

    /// <summary>Standard normal, by the polar method (Marsaglia and Bray, 1964).</summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double x;
        double y;
        double square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);

        double scale = Math.Sqrt(-2 * Math.Log(square) / square);
        _spare = y * scale;
        _hasSpare = true;
        return x * scale;
    }

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextDouble());

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(unchecked((long)_a));
        writer.Write(unchecked((long)_b));
        writer.Write(unchecked((long)_c));
        writer.Write(unchecked((long)_d));
        writer.Write(_spare);
        writer.Write(_hasSpare);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _a = unchecked((ulong)reader.ReadInt64());
        _b = unchecked((ulong)reader.ReadInt64());
        _c = unchecked((ulong)reader.ReadInt64());
        _d = unchecked((ulong)reader.ReadInt64());
        _spare = reader.ReadDouble();
        _hasSpare = reader.ReadBoolean();
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            ulong mixed = state += 0x9E37_79B9_7F4A_7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}

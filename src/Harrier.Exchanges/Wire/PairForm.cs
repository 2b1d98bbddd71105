using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harrier.Exchanges.Wire;

/// <summary>The forms of two quoted numbers that stand close to each other, made ready for reading pairs of these forms.</summary>
public readonly struct PairForm
{
    private readonly Vector256<byte> _order;
    private readonly Vector256<byte> _places;
    private readonly Vector256<byte> _marks;

    /// <summary>Prepares a form.</summary>
    /// <param name="shape">The digits of both numbers.</param>
    /// <param name="gap">Bytes from the first closing quote to the second opening one, both not counted.</param>
    internal PairForm(PairShape shape, int gap)
    {
        ref readonly NumberForm first = ref NumberForm.At(shape.First);
        ref readonly NumberForm second = ref NumberForm.At(shape.Second);
        _order = Vector256.Create(first.Order, second.Order);
        _places = Vector256.Create(first.MarkPlaces, second.MarkPlaces);
        _marks = Vector256.Create(first.Marks, second.Marks);
        Middle = first.Length + 1;
        SecondStart = Middle + gap + 1;
        End = SecondStart + second.Length + 1;
        IsUsable = Avx2.IsSupported && first.Length > 0 && second.Length > 0;
    }

    /// <summary>False when this form is not for the quick way.</summary>
    internal bool IsUsable { get; }

    /// <summary>From the first opening quote to the first closing one.</summary>
    internal int Middle { get; }

    /// <summary>From the first opening quote to the second one.</summary>
    internal int SecondStart { get; }

    /// <summary>From the first opening quote to the last closing one.</summary>
    internal int End { get; }

    /// <summary>Bytes from the first opening quote that must be readable.</summary>
    internal int Reach => SecondStart + 1 + NumberForm.Width;

    /// <summary>
    /// Reads a pair. The opening quotes and what stands between the numbers are not looked at.
    /// </summary>
    /// <param name="text">The first opening quote; <see cref="Reach"/> bytes are read.</param>
    /// <param name="first">The first number in units of 1e-8.</param>
    /// <param name="second">The second.</param>
    /// <returns>False when they have another form.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryRead(ref byte text, out ulong first, out ulong second)
    {
        const ulong FixedOne = 100_000_000;
        Vector128<byte> low = Vector128.LoadUnsafe(ref text, 1);
        Vector128<byte> high = Vector128.LoadUnsafe(ref text, (nuint)(SecondStart + 1));
        Vector256<byte> both = Vector256.Create(low, high) ^ Vector256.Create((byte)'0');
        Vector256<byte> digits = Avx2.Shuffle(both, _order);
        Vector256<byte> wrong = ((both & _places) ^ _marks) | Avx2.SubtractSaturate(digits, Vector256.Create((byte)9));

        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte());
        Vector256<int> fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x0001_0064).AsInt16());
        Vector256<ushort> packed = Avx2.PackUnsignedSaturate(fours, fours);
        Vector256<ulong> eights = Avx2.MultiplyAddAdjacent(packed.AsInt16(), Vector256.Create(0x0001_2710).AsInt16()).AsUInt64();
        ulong one = eights.ToScalar();
        ulong other = eights.GetUpper().ToScalar();
        first = ((uint)one * FixedOne) + (one >> 32);
        second = ((uint)other * FixedOne) + (other >> 32);
        return wrong == Vector256<byte>.Zero;
    }
}

/// <summary>The digits of two numbers, to be remembered for the next two: a guess, checked each time.</summary>
/// <param name="First">Number of the form of the first.</param>
/// <param name="Second">Number of the form of the second.</param>
public readonly record struct PairShape(byte First, byte Second);

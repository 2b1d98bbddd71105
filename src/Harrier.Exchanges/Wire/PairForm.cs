using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Harrier.Exchanges.Wire;

/// <summary>The forms of two quoted numbers that stand close to each other, made ready for reading pairs of these forms. Made once each.</summary>
public sealed class PairForm
{
    private const int Forms = NumberForm.MostDigits * NumberForm.MostDigits;
    private const int LongestGap = 8;
    private const int ReadBehindEnd = 4;

    private static readonly PairForm?[] Made = new PairForm?[LongestGap * Forms * Forms];

    private readonly Vector256<byte> _order;
    private readonly Vector256<byte> _places;
    private readonly Vector256<byte> _marks;

    private PairForm(in NumberForm first, in NumberForm second, int gap)
    {
        _order = Vector256.Create(first.Order, second.Order);
        _places = Vector256.Create(first.MarkPlaces, second.MarkPlaces);
        _marks = Vector256.Create(first.Marks, second.Marks);
        Middle = first.Length + 1;
        SecondStart = Middle + gap + 1;
        End = SecondStart + second.Length + 1;
        bool isUsable = Avx2.IsSupported && first.Length > 0 && second.Length > 0;
        Reach = isUsable ? SecondStart + NumberForm.Width + ReadBehindEnd : int.MaxValue;
    }

    /// <summary>From the first opening quote to the first closing one.</summary>
    internal int Middle { get; }

    /// <summary>From the first opening quote to the second one.</summary>
    internal int SecondStart { get; }

    /// <summary>From the first opening quote to the last closing one.</summary>
    internal int End { get; }

    /// <summary>Bytes from the first opening quote that must be readable; more than any message has where this form is not for the quick way.</summary>
    internal int Reach { get; }

    /// <summary>The form of two numbers.</summary>
    /// <param name="shape">The digits of both.</param>
    /// <param name="gap">Bytes from the first closing quote to the second opening one, both not counted; 0 to 7.</param>
    internal static PairForm Of(PairShape shape, int gap)
    {
        ref PairForm? form = ref Made[(((gap * Forms) + shape.First) * Forms) + shape.Second];
        return form ??= new PairForm(in NumberForm.At(shape.First), in NumberForm.At(shape.Second), gap);
    }

    /// <summary>Reads a pair. The opening quotes and what stands between the numbers are not looked at.</summary>
    /// <param name="text">The first opening quote; <see cref="Reach"/> bytes must be readable.</param>
    /// <param name="first">The first number in units of 1e-8.</param>
    /// <param name="second">The second.</param>
    /// <returns>False when they have another form.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryRead(ref byte text, out ulong first, out ulong second)
    {
        Vector128<byte> low = Vector128.LoadUnsafe(ref text, 1);
        Vector128<byte> high = Vector128.LoadUnsafe(ref text, (nuint)(SecondStart + 1));
        Vector256<byte> both = Vector256.Create(low, high) ^ Vector256.Create((byte)'0');
        Vector256<byte> digits = Avx2.Shuffle(both, _order);
        Vector256<byte> wrong = ((both & _places) ^ _marks) | Avx2.SubtractSaturate(digits, Vector256.Create((byte)9));
        EightDigits.JoinFour(digits, out first, out second);
        return wrong == Vector256<byte>.Zero;
    }
}

/// <summary>The digits of two numbers, to be remembered for the next two: a guess, checked each time.</summary>
/// <param name="First">Number of the form of the first.</param>
/// <param name="Second">Number of the form of the second.</param>
public readonly record struct PairShape(byte First, byte Second);

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harrier.Features.Indicators.Batch;

/// <summary>
/// Sum, maximum or minimum of every window of n values. Windows of 4, 16, 64, ... values are built by joining four of the size before;
/// n is put together from the largest useful size and single values. As in <see cref="RollingFold{TFold}"/> nothing is ever subtracted.
/// </summary>
internal static class SlidingFold<TFold>
    where TFold : struct, IFold
{
    private const int ChunkLength = 1024;

    /// <summary>Computes the join of <paramref name="source"/>[i .. i + period) into <paramref name="destination"/>[i].</summary>
    /// <param name="source">The values.</param>
    /// <param name="period">n, at most the number of values.</param>
    /// <param name="destination">n - 1 fewer than the values; other memory.</param>
    public static void Run(ReadOnlySpan<double> source, int period, Span<double> destination)
    {
        destination = destination[..(source.Length - period + 1)];
        int chunkLength = Math.Max(ChunkLength, period);
        int scratchLength = 2 * (chunkLength + period);
        double[] rented = ArrayPool<double>.Shared.Rent(scratchLength);
        for (int start = 0; start < destination.Length; start += chunkLength)
        {
            Span<double> chunk = destination[start..Math.Min(start + chunkLength, destination.Length)];
            RunChunk(source.Slice(start, chunk.Length + period - 1), period, chunk, rented.AsSpan(0, scratchLength));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static void RunChunk(ReadOnlySpan<double> values, int period, Span<double> destination, Span<double> scratch)
    {
        Span<double> next = scratch[..(scratch.Length / 2)];
        Span<double> other = scratch[(scratch.Length / 2)..];
        ReadOnlySpan<double> blocks = values;
        int width = 1;

        // Below eight blocks a window, joining those at hand costs less than another pass.
        while (8 * width <= period)
        {
            Span<double> wider = next[..(blocks.Length - (3 * width))];
            Join(new Parts(blocks, width, 4), wider);
            blocks = wider;
            width *= 4;
            Span<double> free = other;
            other = next;
            next = free;
        }

        int count = period / width;
        int rest = period - (count * width);
        Parts parts = rest > 0 && TFold.IsIdempotent
            ? new Parts(blocks, width, count) { Others = blocks[(period - width)..], OtherCount = 1 }
            : new Parts(blocks, width, count) { Others = values[(count * width)..], OtherCount = rest };
        Join(parts, destination);
    }

    private static void Join(Parts parts, Span<double> destination)
    {
        int done = JoinVectors(parts, destination);
        for (int i = done; i < destination.Length; i++)
        {
            double joined = parts.Blocks[i];
            for (int k = 1; k < parts.Count; k++)
            {
                joined = TFold.Join(joined, parts.Blocks[i + (k * parts.Width)]);
            }

            for (int k = 0; k < parts.OtherCount; k++)
            {
                joined = TFold.Join(joined, parts.Others[i + k]);
            }

            destination[i] = joined;
        }
    }

    /// <summary>Sixteen windows at a time, so that four independent vectors share each step of the inner loops.</summary>
    /// <returns>How many windows are done.</returns>
    private static int JoinVectors(Parts parts, Span<double> destination)
    {
        const int lanes = 4;
        ref double blocks = ref MemoryMarshal.GetReference(parts.Blocks);
        ref double others = ref MemoryMarshal.GetReference(parts.Others);
        ref double output = ref MemoryMarshal.GetReference(destination);
        int width = parts.Width;
        int end = parts.Count * width;
        int otherCount = parts.OtherCount;
        int i = 0;
        for (; i <= destination.Length - (4 * lanes); i += 4 * lanes)
        {
            ref double block = ref Unsafe.Add(ref blocks, i);
            Vector256<double> first = Vector256.LoadUnsafe(ref block);
            Vector256<double> second = Vector256.LoadUnsafe(ref block, lanes);
            Vector256<double> third = Vector256.LoadUnsafe(ref block, 2 * lanes);
            Vector256<double> fourth = Vector256.LoadUnsafe(ref block, 3 * lanes);
            for (int k = width; k < end; k += width)
            {
                ref double at = ref Unsafe.Add(ref block, k);
                first = TFold.Join(first, Vector256.LoadUnsafe(ref at));
                second = TFold.Join(second, Vector256.LoadUnsafe(ref at, lanes));
                third = TFold.Join(third, Vector256.LoadUnsafe(ref at, 2 * lanes));
                fourth = TFold.Join(fourth, Vector256.LoadUnsafe(ref at, 3 * lanes));
            }

            for (int k = 0; k < otherCount; k++)
            {
                ref double at = ref Unsafe.Add(ref others, i + k);
                first = TFold.Join(first, Vector256.LoadUnsafe(ref at));
                second = TFold.Join(second, Vector256.LoadUnsafe(ref at, lanes));
                third = TFold.Join(third, Vector256.LoadUnsafe(ref at, 2 * lanes));
                fourth = TFold.Join(fourth, Vector256.LoadUnsafe(ref at, 3 * lanes));
            }

            first.StoreUnsafe(ref output, (nuint)i);
            second.StoreUnsafe(ref output, (nuint)(i + lanes));
            third.StoreUnsafe(ref output, (nuint)(i + (2 * lanes)));
            fourth.StoreUnsafe(ref output, (nuint)(i + (3 * lanes)));
        }

        return i;
    }

    /// <summary>What one window is joined from: blocks side by side, then single values or one block that overlaps the last.</summary>
    private readonly ref struct Parts(ReadOnlySpan<double> blocks, int width, int count)
    {
        public ReadOnlySpan<double> Blocks { get; } = blocks;

        public int Width { get; } = width;

        public int Count { get; } = count;

        public ReadOnlySpan<double> Others { get; init; }

        public int OtherCount { get; init; }
    }
}

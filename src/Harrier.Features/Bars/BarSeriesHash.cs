using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>
/// Names the bars of a run: SHA-256 (FIPS 180-4) over a canonical form that is the same for every file layout, time unit and compression.
/// The canonical form of a series is the length and UTF-8 of its symbol, the interval in nanoseconds, the tick size in its shortest decimal
/// text with length, the number of bars, then per bar the open time in nanoseconds, open, high, low and close in ticks and the bits of the
/// volume, all as little-endian 64-bit words. Series come in the order of their symbols.
/// </summary>
public static class BarSeriesHash
{
    private const int WordsPerBar = 6;
    private const int BarsPerBlock = 2048;

    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    /// <param name="series">The series in any order; two of one symbol keep their order.</param>
    public static string Compute(IReadOnlyList<BarSeries> series)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (BarSeries one in series.OrderBy(item => item.Instrument.Symbol, StringComparer.Ordinal))
        {
            AppendHeader(hash, one);
            AppendBars(hash, one.Bars);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendHeader(IncrementalHash hash, BarSeries series)
    {
        AppendText(hash, series.Instrument.Symbol);
        AppendWord(hash, series.Spec.IntervalNanos);
        AppendText(hash, FormattableString.Invariant($"{series.Instrument.Definition.TickSize:0.##################}"));
        AppendWord(hash, series.Count);
    }

    private static void AppendBars(IncrementalHash hash, ReadOnlySpan<Bar> bars)
    {
        byte[] block = new byte[BarsPerBlock * WordsPerBar * sizeof(long)];
        for (int start = 0; start < bars.Length; start += BarsPerBlock)
        {
            Span<byte> rest = block;
            foreach (ref readonly Bar bar in bars[start..Math.Min(bars.Length, start + BarsPerBlock)])
            {
                BinaryPrimitives.WriteInt64LittleEndian(rest, bar.OpenTime.Nanos);
                BinaryPrimitives.WriteInt64LittleEndian(rest[8..], bar.Open.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[16..], bar.High.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[24..], bar.Low.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[32..], bar.Close.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[40..], BitConverter.DoubleToInt64Bits(bar.Volume));
                rest = rest[(WordsPerBar * sizeof(long))..];
            }

            hash.AppendData(block, 0, block.Length - rest.Length);
        }
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendWord(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AppendWord(IncrementalHash hash, long value)
    {
        Span<byte> word = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(word, value);
        hash.AppendData(word);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>
/// Names the bars of a run: SHA-256 (FIPS 180-4) over a canonical form that is the same for every file layout, time unit and compression.
/// The canonical form of a series is the length and UTF-8 of its symbol, the interval in nanoseconds, the tick size in its shortest decimal
/// text with length, the number of bars, then per bar the open time in nanoseconds, open, high, low and close in ticks and the bits of the
/// volume, all as little-endian 64-bit words. Series come in the order of their symbols. Where something else than time closes the bars the interval is 0
/// and followed by the series as text with length, and each bar ends with its own length in nanoseconds.
/// </summary>
public sealed class BarSeriesHash : IDisposable
{
    private const int WordsPerBar = 7;
    private const int BarsPerBlock = 2048;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _block = new byte[BarsPerBlock * WordsPerBar * sizeof(long)];

    /// <summary>The order in which series are to be appended; two of one symbol keep their order.</summary>
    /// <param name="series">The series in any order.</param>
    public static IEnumerable<BarHistory> InOrder(IEnumerable<BarHistory> series) => series.OrderBy(item => item.Instrument.Symbol, StringComparer.Ordinal);

    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    /// <param name="series">The series in any order.</param>
    public static string Compute(IReadOnlyList<BarHistory> series)
    {
        using BarSeriesHash hash = new();
        foreach (BarHistory one in InOrder(series))
        {
            hash.Begin(one);
            foreach (ReadOnlyMemory<Bar> block in one.ReadPrices())
            {
                hash.Append(block.Span);
            }
        }

        return hash.ToText();
    }

    /// <summary>Begins a series; all its bars are to be appended before the next begins.</summary>
    public void Begin(BarHistory series)
    {
        AppendText(series.Instrument.Symbol);
        AppendWord(series.Spec.IntervalNanos);
        if (!series.Spec.IsTime)
        {
            AppendText(series.Spec.ToString());
        }

        AppendText(FormattableString.Invariant($"{series.Instrument.Definition.TickSize:0.##################}"));
        AppendWord(series.Extent.Count);
    }

    /// <summary>Appends the next bars of the series.</summary>
    public void Append(ReadOnlySpan<Bar> bars)
    {
        for (int start = 0; start < bars.Length; start += BarsPerBlock)
        {
            Span<byte> rest = _block;
            foreach (ref readonly Bar bar in bars[start..Math.Min(bars.Length, start + BarsPerBlock)])
            {
                BinaryPrimitives.WriteInt64LittleEndian(rest, bar.OpenTime.Nanos);
                BinaryPrimitives.WriteInt64LittleEndian(rest[8..], bar.Open.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[16..], bar.High.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[24..], bar.Low.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[32..], bar.Close.Value);
                BinaryPrimitives.WriteInt64LittleEndian(rest[40..], BitConverter.DoubleToInt64Bits(bar.Volume));
                rest = rest[48..];
                if (!bar.Spec.IsTime)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(rest, bar.Spec.IntervalNanos);
                    rest = rest[8..];
                }
            }

            _hash.AppendData(_block, 0, _block.Length - rest.Length);
        }
    }

    /// <summary>The hash of everything appended, as 64 lower-case hexadecimal digits.</summary>
    public string ToText() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void AppendText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendWord(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void AppendWord(long value)
    {
        Span<byte> word = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(word, value);
        _hash.AppendData(word);
    }
}

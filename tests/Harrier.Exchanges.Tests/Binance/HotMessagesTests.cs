using System.Text;
using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>The quick way of reading gives what the careful one gives, of any message, and does not look beyond its end.</summary>
public sealed class HotMessagesTests
{
    private const string Padding = "\"12345678.12345678\",\"12345678.12345678\"],[}}\"5\"]]}}";

    [Theory]
    [InlineData(1, 0.0, 0.3)]
    [InlineData(2, 0.001, 0.3)]
    [InlineData(3, 0.01, 0.2)]
    [InlineData(4, 0.1, 0.001)]
    public void Decode_OfMadeMessages_IsTheSameBothWays(int seed, double oddity, double leastQuick)
    {
        MessageMaker maker = new(seed, oddity);
        (DecodedText quick, DecodedText careful) = Decoders();
        byte[] buffer = new byte[16 * 1024];
        RandomStream places = new(seed, purpose: 1);
        const int Messages = 60_000;
        for (int i = 0; i < Messages; i++)
        {
            Compare(quick, careful, Place(maker.Next(), buffer, places.NextInt32(64)));
        }

        (quick.Decoder.Statistics.Quick / (double)Messages).ShouldBeGreaterThan(leastQuick);
        careful.Decoder.Statistics.Quick.ShouldBe(0);
        (quick.Decoder.Statistics.Malformed, quick.Decoder.Statistics.OffGrid, quick.Decoder.Statistics.Skipped, quick.Decoder.Statistics.UnmappedProperties)
            .ShouldBe((careful.Decoder.Statistics.Malformed, careful.Decoder.Statistics.OffGrid, careful.Decoder.Statistics.Skipped, careful.Decoder.Statistics.UnmappedProperties));
    }

    [Fact]
    public void Decode_OfMessagesCutAnywhere_IsTheSameBothWays()
    {
        MessageMaker maker = new(seed: 9, oddity: 0);
        (DecodedText quick, DecodedText careful) = Decoders();
        byte[] buffer = new byte[16 * 1024];
        for (int i = 0; i < 150; i++)
        {
            byte[] message = maker.Next();
            Compare(quick, careful, message);
            for (int length = 0; length < message.Length; length++)
            {
                // The rest of the message stands behind the cut, as it may in a buffer.
                message.CopyTo(buffer, 8);
                Compare(quick, careful, buffer.AsSpan(8, length));
            }
        }
    }

    [Fact]
    public void Decode_OfMessagesWithAnyOneByteChanged_IsTheSameBothWays()
    {
        MessageMaker maker = new(seed: 10, oddity: 0);
        (DecodedText quick, DecodedText careful) = Decoders();
        foreach (int _ in Enumerable.Range(0, 40))
        {
            byte[] message = maker.Next();
            for (int i = 0; i < message.Length; i++)
            {
                foreach (byte other in "0.\",]}:[ \\\n9a"u8)
                {
                    byte[] changed = [.. message];
                    changed[i] = other;
                    Compare(quick, careful, changed);
                }
            }
        }
    }

    private static (DecodedText Quick, DecodedText Careful) Decoders() => (
        new DecodedText(new SymbolDirectory([.. MessageMaker.Instruments]), isCareful: false),
        new DecodedText(new SymbolDirectory([.. MessageMaker.Instruments]), isCareful: true));

    /// <summary>Puts a message among bytes that look like the middle of one.</summary>
    private static ReadOnlySpan<byte> Place(byte[] message, byte[] buffer, int at)
    {
        byte[] padding = Encoding.UTF8.GetBytes(Padding);
        for (int i = 0; i < at + message.Length + 64; i++)
        {
            buffer[i] = padding[i % padding.Length];
        }

        message.CopyTo(buffer, at);
        return buffer.AsSpan(at, message.Length);
    }

    private static void Compare(DecodedText quick, DecodedText careful, ReadOnlySpan<byte> message)
    {
        string? expected = careful.Decode(message);
        string? actual = quick.Decode(message);
        if (actual != expected)
        {
            actual.ShouldBe(expected, Encoding.UTF8.GetString(message));
        }
    }
}

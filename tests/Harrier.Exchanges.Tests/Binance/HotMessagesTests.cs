using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Wire;
using Harrier.Simulation.Randomness;

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

    [Fact]
    public void Decode_OnTheQuickWay_AllocatesNothing()
    {
        MessageMaker maker = new(seed: 11, oddity: 0);
        Silence silence = new();
        MarketDecoder decoder = new(new SymbolDirectory([.. MessageMaker.Instruments]), silence);
        List<byte[]> quick = [];
        while (quick.Count < 500)
        {
            byte[] message = maker.Next();
            long before = decoder.Statistics.Quick;
            decoder.Decode(message, default);
            if (decoder.Statistics.Quick > before)
            {
                quick.Add(message);
            }
        }

        // The runtime allocates now and then when it swaps in a faster version of a method, code that allocates does so each time.
        long least = long.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] message in quick)
            {
                decoder.Decode(message, default);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
        silence.Heard.ShouldBeGreaterThan(2_500);
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

    /// <summary>Counts what it hears.</summary>
    private sealed class Silence : IMarketReceiver
    {
        public long Heard { get; private set; }

        public void OnDepth(InstrumentId instrument, in DepthUpdate update) => Heard++;

        public void OnTrade(in MarketEvent trade) => Heard++;

        public void OnTop(in TopUpdate update) => Heard++;

        public void OnKline(in KlineUpdate update) => Heard++;

        public void OnTicker(in TickerUpdate update) => Heard++;

        public void OnMarkPrice(in MarkPriceUpdate update) => Heard++;

        public void OnLiquidation(in LiquidationUpdate update) => Heard++;

        public void OnControl(ReadOnlySpan<byte> frame) => Heard++;

        public void OnFault(MarketFault fault, InstrumentId? instrument)
        {
        }
    }
}

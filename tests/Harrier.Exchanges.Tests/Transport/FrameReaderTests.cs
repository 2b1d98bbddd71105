using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Tests.Transport;

public sealed class FrameReaderTests
{
    // The unmasked single-frame and fragmented examples of RFC 6455 section 5.7.
    [Fact]
    public void Advance_ExamplesOfTheRfc_AreRead()
    {
        byte[] bytes = [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f, 0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f];

        Read(bytes, bytes.Length).ShouldBe(["text Hello", "text Hello", "ping Hello"]);
    }

    [Fact]
    public void Advance_CutAtEveryByte_ReadsTheSame()
    {
        byte[] bytes =
        [
            .. Frame(0x81, "one"), .. Frame(0x01, new string('a', 200)), .. Frame(0x89, "p"), .. Frame(0x00, new string('b', 70_000)),
            .. Frame(0x80, "end"), .. Frame(0x8A, "q"), .. Frame(0x81, ""), .. Frame(0x82, "two"),
        ];
        List<string> whole = Read(bytes, bytes.Length);
        whole.ShouldBe(["text one", "ping p", "text " + new string('a', 200) + new string('b', 70_000) + "end", "pong q", "text ", "text two"]);

        foreach (int step in (int[])[1, 2, 3, 7, 125, 4096])
        {
            Read(bytes, step).ShouldBe(whole, $"in steps of {step.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    [Fact]
    public void Advance_LengthsAtTheEdges_AreRead()
    {
        foreach (int length in (int[])[0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
        {
            string text = new('x', length);
            Read(Frame(0x81, text), 10_000, max: 200_000).ShouldBe(["text " + text]);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x85, 1, 2, 3, 4, 0, 0, 0, 0, 0 }, DisconnectKind.ProtocolError)] // masked
    [InlineData(new byte[] { 0xC1, 0x00 }, DisconnectKind.ProtocolError)] // reserved bit: compression that nobody agreed on
    [InlineData(new byte[] { 0x83, 0x00 }, DisconnectKind.ProtocolError)] // unknown opcode
    [InlineData(new byte[] { 0x09, 0x00 }, DisconnectKind.ProtocolError)] // fragmented ping
    [InlineData(new byte[] { 0x80, 0x00 }, DisconnectKind.ProtocolError)] // continuation of nothing
    [InlineData(new byte[] { 0x01, 0x01, 0x61, 0x81, 0x01, 0x62 }, DisconnectKind.ProtocolError)] // a new message inside another
    [InlineData(new byte[] { 0x89, 0x7E, 0x00, 0x7E }, DisconnectKind.ProtocolError)] // ping of 126 bytes
    [InlineData(new byte[] { 0x81, 0x7E, 0x04, 0x01 }, DisconnectKind.Oversized)] // 1025 bytes of at most 1024, refused by the header alone
    [InlineData(new byte[] { 0x81, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, DisconnectKind.Oversized)]
    public void Advance_BrokenFrame_IsRefused(byte[] bytes, DisconnectKind expected)
    {
        SocketFaultException fault = Should.Throw<SocketFaultException>(() => Read(bytes, 1, max: 1024));

        fault.Kind.ShouldBe(expected);
    }

    [Fact]
    public void Advance_FragmentsThatTogetherAreTooLarge_AreRefused()
    {
        byte[] bytes = [.. Frame(0x01, new string('a', 600)), .. Frame(0x80, new string('b', 600))];

        Should.Throw<SocketFaultException>(() => Read(bytes, 100, max: 1024)).CloseCode.ShouldBe(1009);
    }

    [Theory]
    [InlineData(new byte[] { 0x88, 0x00 }, "close 1005 ")]
    [InlineData(new byte[] { 0x88, 0x02, 0x03, 0xE9 }, "close 1001 ")]
    [InlineData(new byte[] { 0x88, 0x05, 0x0F, 0xA1, 0x62, 0x79, 0x65, 0x81, 0x01, 0x61 }, "close 4001 bye")]
    public void Advance_Close_IsTheLastThing(byte[] bytes, string expected) => Read(bytes, bytes.Length).ShouldBe([expected]);

    [Fact]
    public void Advance_WarmedUp_AllocatesNothing()
    {
        byte[] bytes = [.. Enumerable.Repeat(Frame(0x81, new string('m', 300)), 100).SelectMany(frame => frame)];
        using FrameReader reader = new(1_000_000);
        CountingSink sink = new();
        Feed(reader, bytes, sink);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Feed(reader, bytes, sink);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sink.Messages.ShouldBe(10_100);
    }

    private static void Feed(FrameReader reader, ReadOnlySpan<byte> bytes, IFrameSink sink)
    {
        while (bytes.Length > 0)
        {
            Memory<byte> free = reader.Free();
            int count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free.Span);
            reader.Advance(count, sink);
            bytes = bytes[count..];
        }
    }

    private static List<string> Read(byte[] bytes, int step, int max = 1_000_000)
    {
        using FrameReader reader = new(max);
        TextSink sink = new();
        int done = 0;
        bool isOpen = true;
        while (done < bytes.Length && isOpen)
        {
            Memory<byte> free = reader.Free();
            int count = Math.Min(Math.Min(step, free.Length), bytes.Length - done);
            bytes.AsSpan(done, count).CopyTo(free.Span);
            isOpen = reader.Advance(count, sink);
            done += count;
        }

        return sink.Seen;
    }

    private static byte[] Frame(byte first, string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, 0, 0],
            _ => [127, 0, 0, 0, 0, 0, 0, 0, 0],
        };
        if (length.Length == 3)
        {
            BinaryPrimitives.WriteUInt16BigEndian(length.AsSpan(1), (ushort)payload.Length);
        }
        else if (length.Length == 9)
        {
            BinaryPrimitives.WriteInt64BigEndian(length.AsSpan(1), payload.Length);
        }

        return [first, .. length, .. payload];
    }

    private sealed class CountingSink : IFrameSink
    {
        public int Messages { get; private set; }

        public void BeginRead()
        {
        }

        public void OnMessage(ReadOnlySpan<byte> payload) => Messages++;

        public void OnPing(ReadOnlySpan<byte> payload)
        {
        }

        public void OnPong(ReadOnlySpan<byte> payload)
        {
        }

        public void OnClose(int code, string reason)
        {
        }

        public void EndRead()
        {
        }
    }

    private sealed class TextSink : IFrameSink
    {
        public List<string> Seen { get; } = [];

        public void BeginRead()
        {
        }

        public void OnMessage(ReadOnlySpan<byte> payload) => Seen.Add("text " + Encoding.UTF8.GetString(payload));

        public void OnPing(ReadOnlySpan<byte> payload) => Seen.Add("ping " + Encoding.UTF8.GetString(payload));

        public void OnPong(ReadOnlySpan<byte> payload) => Seen.Add("pong " + Encoding.UTF8.GetString(payload));

        public void OnClose(int code, string reason) => Seen.Add($"close {code} {reason}");

        public void EndRead()
        {
        }
    }
}

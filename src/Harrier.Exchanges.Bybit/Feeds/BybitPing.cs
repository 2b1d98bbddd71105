using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Bybit.Feeds;

/// <summary>
/// Pings of the venue are messages. Their answers have three shapes: <c>{"success":true,"ret_msg":"pong",...}</c> on public streams,
/// <c>{"op":"pong",...}</c> with a time on the private one, and with a code where orders are sent.
/// </summary>
internal sealed class BybitPing : IPingMessage
{
    private const int LongestPong = 256;
    private static readonly byte[] Text = """{"op":"ping"}"""u8.ToArray();

    public ReadOnlyMemory<byte> Write(long number) => Text;

    public bool IsPong(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= LongestPong && utf8.IndexOf("\"pong\""u8) >= 0 && utf8.IndexOf("\"topic\""u8) < 0;
}

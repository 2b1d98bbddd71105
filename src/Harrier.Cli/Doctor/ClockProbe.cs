using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Harrier.Cli.Doctor;

/// <summary>Asks a time server how far this machine's clock is off (SNTP, RFC 5905): the middle of the round trip is compared.</summary>
/// <param name="time">This machine's clock.</param>
internal sealed class ClockProbe(TimeProvider time)
{
    private const int Length = 48;
    private const byte ClientOfVersion4 = 0x23;
    private static readonly DateTimeOffset Era = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Far = TimeSpan.FromSeconds(1);

    /// <summary>Asks a server.</summary>
    /// <param name="server">Name or address, and a port where it is not 123.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Finding> AskAsync(string server, CancellationToken stop)
    {
        using CancellationTokenSource timed = new(Patience, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(timed.Token, stop);
        try
        {
            TimeSpan? offset = await OffsetAsync(server, ends.Token).ConfigureAwait(false);
            return offset is { } off ? Judge(off, server) : new Finding("clock", Health.Warning, $"{server} does not answer as a time server does", "name another with --ntp");
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is SocketException or OperationCanceledException)
        {
            return new Finding("clock", Health.Warning, $"{server} does not answer", "open UDP port 123 outwards, or name another with --ntp");
        }
    }

    /// <summary>What an offset means.</summary>
    /// <param name="offset">Their clock less ours.</param>
    /// <param name="whose">Whose clock.</param>
    internal static Finding Judge(TimeSpan offset, string whose)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"this machine's clock is {Math.Abs(offset.TotalMilliseconds):0} ms {(offset < TimeSpan.Zero ? "ahead of" : "behind")} {whose}");
        const string Advice = "run chrony or systemd-timesyncd: exchanges refuse orders that are stamped wrongly";
        return offset.Duration() > Far ? new Finding("clock", Health.Fault, text, Advice) : new Finding("clock", offset.Duration() > Near ? Health.Warning : Health.Ok, text, offset.Duration() > Near ? Advice : "");
    }

    private async Task<TimeSpan?> OffsetAsync(string server, CancellationToken stop)
    {
        (string host, int port) = Split(server);
        using Socket socket = new(SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(host, port, stop).ConfigureAwait(false);
        byte[] packet = new byte[Length];
        packet[0] = ClientOfVersion4;
        DateTimeOffset sent = time.GetUtcNow();
        Write(packet.AsSpan(40), sent);
        byte[] asked = packet[40..];
        await socket.SendAsync(packet, stop).ConfigureAwait(false);
        int length = await socket.ReceiveAsync(packet, stop).ConfigureAwait(false);
        DateTimeOffset received = time.GetUtcNow();

        // Mode 4 of a server that knows the time, to what we asked.
        bool isAnswer = length == Length && (packet[0] & 7) == 4 && (packet[0] >> 6) != 3 && packet[1] is > 0 and < 16 && packet.AsSpan(24, 8).SequenceEqual(asked);
        return isAnswer ? ((Read(packet.AsSpan(32)) - sent) + (Read(packet.AsSpan(40)) - received)) / 2 : null;
    }

    private static (string Host, int Port) Split(string server) =>
        IPEndPoint.TryParse(server, out IPEndPoint? end) && end.Port != 0
            ? (end.Address.ToString(), end.Port)
            : (server, 123);

    private static void Write(Span<byte> target, DateTimeOffset at)
    {
        TimeSpan since = at - Era;
        BinaryPrimitives.WriteUInt32BigEndian(target, (uint)(long)since.TotalSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(target[4..], (uint)((since.Ticks % TimeSpan.TicksPerSecond) * 4_294_967_296d / TimeSpan.TicksPerSecond));
    }

    private static DateTimeOffset Read(ReadOnlySpan<byte> source)
    {
        // The counter of seconds starts anew in 2036; what would lie before 1968 is after that.
        ulong seconds = BinaryPrimitives.ReadUInt32BigEndian(source);
        ulong whole = seconds < 0x8000_0000 ? seconds + 0x1_0000_0000 : seconds;
        double fraction = BinaryPrimitives.ReadUInt32BigEndian(source[4..]) / 4_294_967_296d;
        return Era + TimeSpan.FromSeconds(whole) + TimeSpan.FromTicks((long)(fraction * TimeSpan.TicksPerSecond));
    }
}

using System.Buffers;
using System.Text;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Testnet.Hosting.Sockets;

/// <summary>One reader of pushed frames: what it subscribed to and what the injected faults do to it.</summary>
/// <param name="venue">Venue that pushes.</param>
/// <param name="link">The socket.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class StreamClient(string venue, SocketLink link, FaultInjector faults)
{
    private const int OversizedBytes = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);
    private byte[]? _heldFrame;

    /// <summary>The socket.</summary>
    public SocketLink Link { get; } = link;

    /// <summary>Whether payloads are wrapped with the name of their stream.</summary>
    public bool IsCombined { get; set; }

    /// <summary>Names of the topics subscribed to, in order. Guarded by the hub's lock.</summary>
    public List<string> Topics { get; } = [];

    /// <summary>Pushes a frame, unless a fault does something else with it.</summary>
    /// <param name="subject">Stream or event, for matching faults.</param>
    /// <param name="frame">One whole frame.</param>
    public void Push(string subject, ReadOnlySpan<byte> frame)
    {
        if (faults.IsIdle && _silent.Count == 0 && _heldFrame is null)
        {
            _ = Link.Outbox.Append(frame);
            return;
        }

        lock (_gate)
        {
            if (!_silent.Contains(subject))
            {
                PushFaulty(subject, frame, faults.ForFrame(venue, subject));
            }
        }
    }

    /// <summary>Pushes a text as a frame of its own to this client alone.</summary>
    /// <param name="subject">Stream or event, for matching faults.</param>
    /// <param name="payload">The text.</param>
    public void PushText(string subject, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[SocketOutbox.HeaderLength(payload.Length) + payload.Length];
        payload.CopyTo(frame.AsSpan(SocketOutbox.WriteHeader(frame, payload.Length)));
        Push(subject, frame);
    }

    /// <summary>Answers a request of this client; only pushes suffer from faults.</summary>
    public void Answer(ReadOnlySpan<byte> payload) => _ = Link.Outbox.AppendText(payload);

    private void PushFaulty(string subject, ReadOnlySpan<byte> frame, FaultPlan? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Drop or FaultKind.Gap:
                return;
            case FaultKind.Silent:
                _ = _silent.Add(subject);
                return;
            case FaultKind.Cut:
                Link.Cut();
                return;
            case FaultKind.Reorder when _heldFrame is null:
                _heldFrame = frame.ToArray();
                return;
            case FaultKind.Delay:
                Link.Outbox.HoldBack(fault.Delay);
                break;
            case FaultKind.Duplicate:
                _ = Link.Outbox.Append(frame);
                break;
            case FaultKind.Malformed:
                PushMalformed(frame);
                return;
            case FaultKind.UnknownEvent:
                _ = Link.Outbox.AppendText("{\"e\":\"harrierUnknownEvent\",\"topic\":\"harrierUnknownEvent\",\"E\":1,\"x\":{\"y\":[1,2,3]}}"u8);
                break;
            case FaultKind.Oversized:
                PushOversized();
                break;
            default:
                break;
        }

        _ = Link.Outbox.Append(frame);
        if (_heldFrame is { } held)
        {
            _heldFrame = null;
            _ = Link.Outbox.Append(held);
        }
    }

    private void PushMalformed(ReadOnlySpan<byte> frame)
    {
        int header = frame[1] switch { 126 => 4, 127 => 10, _ => 2 };
        ReadOnlySpan<byte> payload = frame[header..];
        _ = Link.Outbox.AppendText(payload[..(payload.Length / 2)]);
    }

    private void PushOversized()
    {
        byte[] text = ArrayPool<byte>.Shared.Rent(OversizedBytes);
        text.AsSpan().Fill((byte)' ');
        int start = Encoding.ASCII.GetBytes("{\"e\":\"harrierOversized\",\"pad\":\"", text);
        text.AsSpan(start, OversizedBytes - start - 2).Fill((byte)'x');
        "\"}"u8.CopyTo(text.AsSpan(OversizedBytes - 2));
        _ = Link.Outbox.AppendText(text.AsSpan(0, OversizedBytes));
        ArrayPool<byte>.Shared.Return(text);
    }
}

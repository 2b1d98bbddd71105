using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Exchanges.Transport;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Recording;

/// <summary>Hands what connections receive to a recorder, which is known before anything is received.</summary>
internal sealed class RecorderTap : IFrameObserver
{
    private readonly ConcurrentDictionary<(string Connection, int Session), RecordSource> _sources = new();

    /// <summary>Takes it.</summary>
    public FrameRecorder? Recorder { get; set; }

    /// <inheritdoc/>
    public void OnOpened(string connection, int session, Timestamp time) =>
        Add(RecordKind.Opened, SourceOf(connection, session), time, RecordEvents.Connection(RecordKind.Opened, connection, session, null));

    /// <inheritdoc/>
    public void OnFrame(string connection, int session, ReadOnlySpan<byte> payload, Timestamp received) =>
        Add(RecordKind.Frame, SourceOf(connection, session), received, payload);

    /// <inheritdoc/>
    public void OnEnded(string connection, int session, DisconnectReason reason, Timestamp time)
    {
        RecordKind kind = reason.Kind is DisconnectKind.Stopped or DisconnectKind.Replaced ? RecordKind.Closed : RecordKind.Lost;
        Add(kind, SourceOf(connection, session), time, RecordEvents.Connection(kind, connection, session, reason.ToString()));
    }

    /// <inheritdoc/>
    public void OnSnapshot(string symbol, ReadOnlySpan<byte> body, Timestamp received) => Add(RecordKind.Snapshot, new RecordSource("rest", 0, symbol), received, body);

    private RecordSource SourceOf(string connection, int session) => _sources.GetOrAdd((connection, session), static key => new RecordSource(key.Connection, key.Session, null));

    private void Add(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text) => Recorder?.Add(kind, source, time, text);
}

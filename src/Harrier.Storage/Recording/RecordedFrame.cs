using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>One record of a recording.</summary>
/// <param name="Time">When it reached the recorder, by the recorder's clock; not the venue's time.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Bytes">Its bytes; of a connection's events and of holes a JSON object with a field <c>record</c>.</param>
public readonly record struct RecordedFrame(Timestamp Time, RecordKind Kind, RecordSource Source, ReadOnlyMemory<byte> Bytes);

using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>Where a recorder writes. Belongs to one thread at a time.</summary>
internal interface IRecordSink : IDisposable
{
    /// <summary>Files so far.</summary>
    int Files { get; }

    /// <summary>Bytes in files so far.</summary>
    long Bytes { get; }

    /// <summary>Takes a record.</summary>
    /// <returns>False when it cannot take more before <see cref="Flush"/> succeeds: the record was not taken.</returns>
    bool TryAdd(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text);

    /// <summary>Hands what it holds to the operating system when that is due, and begins new files when these are due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isForced">True when it is due in any case.</param>
    /// <exception cref="IOException">The disk refused; nothing that was taken is lost, the next call tries again.</exception>
    void Flush(Timestamp now, bool isForced);

    /// <summary>Writes all and closes; nothing is taken after it.</summary>
    /// <exception cref="IOException">The disk refused; what it still held is lost.</exception>
    void Close(Timestamp now);
}

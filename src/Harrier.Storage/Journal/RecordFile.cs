using System.Buffers;
using System.Buffers.Binary;

namespace Harrier.Storage.Journal;

/// <summary>
/// A file that records are appended to, each with its checksum and the hash of the one before. After a failed write nothing more is taken: what
/// the disk then holds is not known, and a second attempt could hide the loss.
/// </summary>
/// <param name="name">What the records are of, for messages.</param>
internal sealed class RecordFile(string name) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _record = new(512);
    private readonly byte[] _chain = new byte[JournalFormat.ChainBytes];
    private FileStream? _file;
    private bool _failed;

    /// <summary>True between opening and closing.</summary>
    public bool IsOpen => _file is not null;

    /// <summary>Bytes in the file.</summary>
    public long Position => _file!.Position;

    /// <summary>Takes the file to append to, and owns it; the chain goes on from the one before.</summary>
    /// <returns>The file.</returns>
    public FileStream Open(FileStream file) => _file = file;

    /// <summary>Goes on from a record that was read.</summary>
    public void ContinueFrom(ReadOnlySpan<byte> chain) => chain.CopyTo(_chain);

    /// <summary>Appends a record.</summary>
    /// <exception cref="IOException">It could not be written, now or before.</exception>
    public void Write(byte type, ReadOnlySpan<byte> payload)
    {
        _record.ResetWrittenCount();
        Span<byte> record = _record.GetSpan(JournalFormat.RecordHeaderBytes + payload.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record, payload.Length);
        record[4] = type;
        record[5] = JournalFormat.RecordVersion;
        _chain.CopyTo(record[10..]);
        payload.CopyTo(record[JournalFormat.RecordHeaderBytes..]);
        record = record[..(JournalFormat.RecordHeaderBytes + payload.Length)];
        uint crc = JournalFormat.Crc(JournalFormat.Crc(0, record[..6]), record[10..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[6..], crc);
        JournalFormat.Digest(record, _chain);
        _record.Advance(record.Length);
        RefuseAfterFailure();
        try
        {
            _file!.Write(_record.WrittenSpan);
        }
        catch (IOException)
        {
            _failed = true;
            throw;
        }
    }

    /// <summary>Hands everything to the operating system and, if asked, to the disk.</summary>
    /// <exception cref="IOException">That failed, now or before.</exception>
    public void Flush(bool toDisk)
    {
        RefuseAfterFailure();
        try
        {
            _file!.Flush(toDisk);
        }
        catch (IOException)
        {
            _failed = true;
            throw;
        }
    }

    /// <summary>Flushes to disk and closes; another file may be opened after it.</summary>
    public void Dispose()
    {
        if (_file is not null)
        {
            if (!_failed)
            {
                Flush(toDisk: true);
            }

            _file.Dispose();
            _file = null;
        }
    }

    private void RefuseAfterFailure()
    {
        if (_failed)
        {
            throw new IOException($"{name} failed before and takes nothing more");
        }
    }
}

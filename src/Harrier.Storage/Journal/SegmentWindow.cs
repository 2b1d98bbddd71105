namespace Harrier.Storage.Journal;

/// <summary>A segment read piece by piece: a year of a market is never in memory as a whole.</summary>
internal sealed class SegmentWindow : IDisposable
{
    // A record that begins is there as a whole, whatever it says of its length.
    private const int Least = JournalFormat.RecordHeaderBytes + JournalFormat.MaxPayload;

    private readonly FileStream _file;
    private readonly bool _reuses;
    private byte[] _bytes;
    private long _start;
    private int _position;
    private int _count;
    private bool _isRead;

    /// <summary>Opens a segment, also one that is being written.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="reuses">True when what was read is no longer needed once more is asked for.</param>
    public SegmentWindow(string path, bool reuses)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _reuses = reuses;
        _bytes = new byte[Math.Clamp(_file.Length, 1, 2 * Least)];
    }

    /// <summary>Where in the file the next record begins.</summary>
    public long Offset => _start + _position;

    /// <summary>From there on the longest possible record at least, or all that the file has.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_position, _count - _position);

    /// <summary>Goes on.</summary>
    /// <param name="length">Bytes that are done with.</param>
    public void Pass(int length) => _position += length;

    /// <summary>Brings in what <see cref="Bytes"/> promises.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Reach()
    {
        if (!_isRead && _count - _position < Least)
        {
            Fill();
        }

        return _position < _count;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Fill()
    {
        byte[] next = _reuses || _start + _position == 0 ? _bytes : new byte[_bytes.Length];
        _bytes.AsSpan(_position, _count - _position).CopyTo(next);
        (_bytes, _start, _count, _position) = (next, _start + _position, _count - _position, 0);
        while (!_isRead && _count < _bytes.Length)
        {
            int read = _file.Read(_bytes.AsSpan(_count));
            _count += read;
            _isRead = read == 0;
        }
    }
}

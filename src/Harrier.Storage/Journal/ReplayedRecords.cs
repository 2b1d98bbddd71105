namespace Harrier.Storage.Journal;

/// <summary>
/// Takes what is journaled during a replay in the place of a file, and compares it record by record with what was recorded: nothing is written and read again only to be compared.
/// </summary>
public sealed class ReplayedRecords
{
    private readonly Queue<(JournalRecordType Type, int Start, int Length)> _waiting = new();
    private byte[] _bytes = new byte[1 << 12];
    private int _end;
    private bool _isOver;

    /// <summary>Compares the oldest record that was not compared yet, and forgets it.</summary>
    /// <param name="recorded">What was recorded at its place.</param>
    /// <returns>What came out instead; null for the same bytes.</returns>
    public string? Compare(in JournalRecord recorded)
    {
        if (!_waiting.TryDequeue(out (JournalRecordType Type, int Start, int Length) made))
        {
            return "nothing";
        }

        bool isSame = made.Type == recorded.Type && _bytes.AsSpan(made.Start, made.Length).SequenceEqual(recorded.Payload.Span);
        _end = _waiting.Count == 0 ? 0 : _end;
        return isSame ? null : made.Type == recorded.Type ? "the same kind of record with other content" : $"a record of type {made.Type}";
    }

    /// <summary>Takes nothing more: what comes after the first difference is not compared.</summary>
    public void Stop()
    {
        _isOver = true;
        _waiting.Clear();
    }

    internal void Add(JournalRecordType type, ReadOnlySpan<byte> payload)
    {
        if (_isOver)
        {
            return;
        }

        if (_end + payload.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _end + payload.Length));
        }

        payload.CopyTo(_bytes.AsSpan(_end));
        _waiting.Enqueue((type, _end, payload.Length));
        _end += payload.Length;
    }
}

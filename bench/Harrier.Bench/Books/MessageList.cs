namespace Harrier.Bench.Books;

/// <summary>Messages one behind the other, as they lie in the buffer of a socket.</summary>
internal sealed class MessageList
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    public MessageList(IReadOnlyCollection<byte[]> messages)
    {
        _bytes = [.. messages.SelectMany(message => message)];
        _ends = new int[messages.Count];
        int end = 0;
        int index = 0;
        foreach (byte[] message in messages)
        {
            end += message.Length;
            _ends[index++] = end;
        }
    }

    public int Length => _ends.Length;

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);
}

namespace Harrier.Storage.Recording;

/// <summary>Bytes that grow; the hot path of the recorder writes to them without a call through an interface.</summary>
internal sealed class ByteList
{
    private byte[] _bytes = new byte[64 * 1024];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Room for so many more; what was used of it is told by <see cref="Advance"/>.</summary>
    public Span<byte> Room(int size)
    {
        if (_bytes.Length - Count < size)
        {
            Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)Count + size))));
        }

        return _bytes.AsSpan(Count);
    }

    /// <summary>Takes what was written to <see cref="Room"/>.</summary>
    public void Advance(int used) => Count += used;

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Appends a number, seven bits per byte, low ones first.</summary>
    public void AddNumber(ulong value)
    {
        Span<byte> room = Room(10);
        Count += WriteNumber(room, value);
    }

    /// <summary>Writes a number as <see cref="AddNumber"/> does; at most 10 bytes.</summary>
    public static int WriteNumber(Span<byte> into, ulong value)
    {
        int used = 0;
        while (value >= 0x80)
        {
            into[used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        into[used++] = (byte)value;
        return used;
    }

    /// <summary>Reads a number and moves behind it.</summary>
    /// <exception cref="InvalidDataException">The bytes end before it does, or it is too long.</exception>
    public static ulong ReadNumber(ReadOnlySpan<byte> bytes, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (position >= bytes.Length)
            {
                break;
            }

            byte part = bytes[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number of a block cannot be read");
    }
}

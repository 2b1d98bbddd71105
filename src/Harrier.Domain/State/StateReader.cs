using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Harrier.Domain;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <param name="input">The bytes.</param>
public ref struct StateReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Reads 8 bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Reads 4 bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Reads one byte, 0 or 1.</summary>
    public bool ReadBoolean() => ReadByte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new InvalidDataException($"a saved flag is 0 or 1, got {other}"),
    };

    /// <summary>Reads the 8 bytes of a double.</summary>
    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    /// <summary>Reads 16 bytes.</summary>
    public decimal ReadDecimal()
    {
        Span<int> bits = stackalloc int[4];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = ReadInt32();
        }

        return new decimal(bits);
    }

    /// <summary>Reads the nanoseconds.</summary>
    public Timestamp ReadTimestamp() => new(ReadInt64());

    /// <summary>Reads length and UTF-8 bytes.</summary>
    public string ReadString() => Encoding.UTF8.GetString(Take(ReadCount()));

    /// <summary>Reads values into an array of the same length as was saved.</summary>
    /// <exception cref="InvalidDataException">The saved length differs: the state belongs to other settings.</exception>
    public void ReadDoubles(Span<double> values)
    {
        int count = ReadCount();
        if (count != values.Length)
        {
            throw new InvalidDataException($"the saved window holds {count} values, the settings ask for {values.Length}");
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ReadDouble();
        }
    }

    /// <summary>Reads a count and checks that at least as many bytes follow.</summary>
    public int ReadCount()
    {
        int count = ReadInt32();
        return count >= 0 && count <= _rest.Length
            ? count
            : throw new InvalidDataException($"a saved count of {count} does not fit the {_rest.Length} bytes that follow");
    }

    /// <summary>Reads the bytes of a value without references.</summary>
    public T ReadRaw<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    /// <summary>Reads another component.</summary>
    public void Read(IStateful component) => component.Restore(ref this);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new InvalidDataException($"saved state is cut short: {count} bytes asked for, {_rest.Length} left");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

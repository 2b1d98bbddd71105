using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Harrier.Domain;

/// <summary>Writes state as little-endian bytes; the same state always gives the same bytes.</summary>
/// <param name="output">Where the bytes go.</param>
public readonly ref struct StateWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;

    /// <summary>Writes 8 bytes.</summary>
    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_output.GetSpan(sizeof(long)), value);
        _output.Advance(sizeof(long));
    }

    /// <summary>Writes 4 bytes.</summary>
    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(sizeof(int)), value);
        _output.Advance(sizeof(int));
    }

    /// <summary>Writes one byte.</summary>
    public void Write(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    /// <summary>Writes one byte, 0 or 1.</summary>
    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    /// <summary>Writes the 8 bytes of the double, NaN payload included.</summary>
    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Writes 16 bytes, scale included: 1.0 and 1.00 differ.</summary>
    public void Write(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        foreach (int part in bits)
        {
            Write(part);
        }
    }

    /// <summary>Writes the nanoseconds.</summary>
    public void Write(Timestamp value) => Write(value.Nanos);

    /// <summary>Writes length and UTF-8 bytes.</summary>
    public void Write(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Write(length);
        Encoding.UTF8.GetBytes(value, _output.GetSpan(length));
        _output.Advance(length);
    }

    /// <summary>Writes length and values.</summary>
    public void Write(ReadOnlySpan<double> values)
    {
        Write(values.Length);
        foreach (double value in values)
        {
            Write(value);
        }
    }

    /// <summary>Writes the bytes of a value without references, as they are in memory.</summary>
    public void WriteRaw<T>(in T value)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(_output.GetSpan(size), in value);
        _output.Advance(size);
    }

    /// <summary>Writes another component.</summary>
    public void Write(IStateful component)
    {
        StateWriter self = this;
        component.Save(ref self);
    }
}

using System.Buffers.Text;

namespace Harrier.Storage.Recording;

/// <summary>Puts together what a <see cref="FieldEncoder"/> took apart.</summary>
internal sealed class FieldDecoder
{
    private readonly FieldContexts _contexts = new();
    private ReadOnlyMemory<byte> _skeleton;
    private ReadOnlyMemory<byte> _numbers;
    private int _position;
    private int _number;

    /// <summary>Begins a block.</summary>
    public void Start(ReadOnlyMemory<byte> skeleton, ReadOnlyMemory<byte> numbers)
    {
        _contexts.Reset();
        (_skeleton, _numbers) = (skeleton, numbers);
        (_position, _number) = (0, 0);
    }

    /// <summary>Writes the next text.</summary>
    /// <param name="into">Room for it.</param>
    /// <returns>Its length.</returns>
    /// <exception cref="InvalidDataException">The block does not hold a text here, or it does not fit.</exception>
    public int Next(Span<byte> into)
    {
        ReadOnlySpan<byte> skeleton = _skeleton.Span;
        if (_position < skeleton.Length && skeleton[_position] == FieldContexts.Verbatim)
        {
            return NextVerbatim(skeleton, into);
        }

        ReadOnlySpan<byte> numbers = _numbers.Span;
        int used = 0;
        uint before = 0;
        while (_position < skeleton.Length)
        {
            byte letter = skeleton[_position++];
            if (letter == FieldContexts.End)
            {
                return used;
            }

            if (letter is >= 0x20 and < 0x80)
            {
                Check(used < into.Length);
                into[used++] = letter;
                before = (before << 8) | letter;
                continue;
            }

            Check(FieldContexts.TryForm(letter, out int decimals, out int zeros));
            long value = _contexts.Unfold(FieldContexts.PlaceAfter(before), ByteList.ReadNumber(numbers, ref _number), zeros);
            Check(TryWrite(into[used..], value, decimals, out int written));
            used += written;
            before = (before << 8) | FieldContexts.Whole;
        }

        throw new InvalidDataException("a text of a block does not end");
    }

    private int NextVerbatim(ReadOnlySpan<byte> skeleton, Span<byte> into)
    {
        ulong length = ByteList.ReadNumber(_numbers.Span, ref _number);
        int start = _position + 1;
        Check(length <= (ulong)(skeleton.Length - start) && length <= (ulong)into.Length);
        skeleton.Slice(start, (int)length).CopyTo(into);
        _position = start + (int)length;
        return (int)length;
    }

    private static bool TryWrite(Span<byte> into, long value, int decimals, out int written)
    {
        long power = FieldContexts.Powers[decimals];
        if (value < 0 || !Utf8Formatter.TryFormat(value / power, into, out written))
        {
            written = 0;
            return false;
        }

        if (decimals == 0)
        {
            return true;
        }

        if (into.Length - written < decimals + 1)
        {
            return false;
        }

        into[written++] = (byte)'.';
        long rest = value % power;
        for (int i = written + decimals - 1; i >= written; i--)
        {
            into[i] = (byte)('0' + (rest % 10));
            rest /= 10;
        }

        written += decimals;
        return true;
    }

    private static void Check(bool isGood)
    {
        if (!isGood)
        {
            throw new InvalidDataException("a text of a block cannot be read");
        }
    }
}

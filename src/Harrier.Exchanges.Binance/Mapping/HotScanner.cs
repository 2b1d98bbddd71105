using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// Walks a message that is written the way Binance writes: no blanks, keys of one letter or <c>pu</c>. Each method answers false for anything
/// else, and the message is then read the careful way; so nothing here decides that a message is bad.
/// </summary>
internal ref struct HotScanner(ReadOnlySpan<byte> frame)
{
    /// <summary>Stands for the key <c>pu</c>.</summary>
    public const byte PreviousIdKey = 1;

    private readonly ReadOnlySpan<byte> _frame = frame;
    private int _at;

    public readonly int Position => _at;

    public readonly bool IsAtEnd => _at == _frame.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(ReadOnlySpan<byte> literal)
    {
        bool matches = _frame[_at..].StartsWith(literal);
        _at += matches ? literal.Length : 0;
        return matches;
    }

    /// <summary>Passes one character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(byte character)
    {
        bool matches = (uint)_at < (uint)_frame.Length && _frame[_at] == character;
        _at += matches ? 1 : 0;
        return matches;
    }

    /// <summary>Passes a key and the colon behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryKey(out byte key)
    {
        const uint Shape = 0x3A220022;
        const uint Fixed = 0xFFFF00FF;
        const uint PreviousIdShape = 0x22757022;
        key = 0;
        if (_at + 5 > _frame.Length)
        {
            return false;
        }

        uint text = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_frame), _at));
        if ((text & Fixed) == Shape)
        {
            key = (byte)(text >> 8);
            _at += 4;
            return key > PreviousIdKey;
        }

        key = PreviousIdKey;
        _at += 5;
        return text == PreviousIdShape && _frame[_at - 1] == ':';
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryInteger(out long value) => IntegerText.TryRead(_frame, ref _at, out value);

    public bool TryBoolean(out bool value)
    {
        value = TryPass("true"u8);
        return value || TryPass("false"u8);
    }

    /// <summary>Passes quoted text without escapes and control characters.</summary>
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!TryPass((byte)'"'))
        {
            return false;
        }

        int length = _frame[_at..].IndexOf((byte)'"');
        if (length < 0)
        {
            return false;
        }

        text = _frame.Slice(_at, length);
        _at += length + 1;

        // Other bytes than these have to be checked for escapes and for being UTF-8 at all.
        return !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !text.Contains((byte)'\\');
    }

    /// <summary>Passes a quoted number and counts it in steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNumber(in DecimalGrid grid, out long steps) => NumberText.TryQuoted(_frame, ref _at, in grid, out steps);

    /// <summary>Passes <c>[["price","size"],...]</c>.</summary>
    public bool TryLevels(SymbolEntry entry, bool isAsk, LevelBuffer into) => LevelText.TryRead(_frame, ref _at, entry.Grids, isAsk, into);
}

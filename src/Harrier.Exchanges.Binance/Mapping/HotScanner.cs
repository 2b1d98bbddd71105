using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// Walks a message that is written the way Binance writes: no blanks, keys of one letter or <c>pu</c>. Each method answers false for anything
/// else, and the message is then read the careful way; so nothing here decides that a message is bad. A scanner is a local variable of one
/// method and is never handed on, so that its place stays in a register.
/// </summary>
internal ref struct HotScanner(ReadOnlySpan<byte> frame, int at)
{
    /// <summary>Stands for the key <c>pu</c>.</summary>
    public const byte PreviousIdKey = 1;

    private readonly ReadOnlySpan<byte> _frame = frame;
    private int _at = at;

    public readonly int Position => _at;

    /// <summary>Passes text that is known.</summary>
    public static bool TryPass(ReadOnlySpan<byte> frame, ref int at, ReadOnlySpan<byte> literal)
    {
        bool matches = frame[at..].StartsWith(literal);
        at += matches ? literal.Length : 0;
        return matches;
    }

    /// <summary>Passes quoted text without escapes and control characters.</summary>
    public static bool TryText(ReadOnlySpan<byte> frame, ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        int length = (uint)at < (uint)frame.Length && frame[at] == '"' ? frame[(at + 1)..].IndexOf((byte)'"') : -1;
        if (length < 0)
        {
            return false;
        }

        text = frame.Slice(at + 1, length);
        at += length + 2;

        // Other bytes than these have to be checked for escapes and for being UTF-8 at all.
        return !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !text.Contains((byte)'\\');
    }

    /// <summary>Passes one character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(byte character)
    {
        bool matches = (uint)_at < (uint)_frame.Length && _frame[_at] == character;
        _at += matches ? 1 : 0;
        return matches;
    }

    /// <summary>Passes text that is known.</summary>
    public bool TryPass(ReadOnlySpan<byte> literal)
    {
        int at = _at;
        bool matches = TryPass(_frame, ref at, literal);
        _at = at;
        return matches;
    }

    /// <summary>Passes what closes the message, one bracket or two; true when nothing is left behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnd(bool isCombined)
    {
        int brackets = isCombined ? 2 : 1;
        return _at == _frame.Length - brackets && _frame[_at] == '}' && _frame[^1] == '}';
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

    /// <summary>Passes a whole number.</summary>
    /// <param name="digits">How many digits it probably has, 1 to 16; afterwards how many it had.</param>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryInteger(ref int digits, out long value)
    {
        if (IntegerText.TryReadAlike(_frame, _at, digits, out value))
        {
            _at += digits;
            return true;
        }

        _at = Integer(_frame, _at, ref digits, out long other);
        value = other;
        return _at >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBoolean(out bool value)
    {
        const uint True = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
        const uint False = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;
        value = false;
        if (_at + 5 > _frame.Length)
        {
            return false;
        }

        uint text = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_frame), _at));
        value = text == True;
        _at += value ? 4 : 5;
        return value || (text == False && _frame[_at - 1] == 'e');
    }

    /// <summary>Passes the name of an instrument; null when it is none that is known, or written in another way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SymbolEntry? Symbol(SymbolDirectory symbols)
    {
        if ((uint)_at < (uint)_frame.Length && _frame[_at] == '"' && symbols.FindAt(_frame, _at + 1) is { } entry)
        {
            _at += entry.Symbol.Length + 2;
            return entry;
        }

        _at = Symbol(_frame, _at, symbols, out SymbolEntry? other);
        return other;
    }

    /// <summary>Passes a quoted number and counts it in steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNumber(in DecimalGrid grid, out long steps)
    {
        _at = Number(_frame, _at, in grid, out long read);
        steps = read;
        return _at >= 0;
    }

    /// <summary>Passes a price and, where a property with this name follows it, its size; otherwise only the price.</summary>
    /// <param name="entry">Whose grids.</param>
    /// <param name="name">Name of the size's property.</param>
    /// <param name="ticks">The price.</param>
    /// <param name="lots">The size; left alone where it does not follow.</param>
    /// <param name="hasSize">True where it follows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPriceAndSize(SymbolEntry entry, byte name, out long ticks, ref long lots, out bool hasSize)
    {
        int end = PairText.Read(_frame, _at, name, entry.Grids, out (long Ticks, long Lots) pair);
        hasSize = end >= 0;
        if (hasSize)
        {
            (ticks, lots) = pair;
            _at = end;
            return true;
        }

        return TryNumber(in entry.Prices, out ticks);
    }

    /// <summary>Passes <c>[["price","size"],...]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryLevels(SymbolEntry entry, bool isAsk, LevelBuffer into)
    {
        _at = Levels(_frame, _at, (entry, isAsk), into);
        return _at >= 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Integer(ReadOnlySpan<byte> frame, int at, ref int digits, out long value)
    {
        int start = at;
        if (!IntegerText.TryRead(frame, ref at, out value))
        {
            return -1;
        }

        digits = Math.Min(at - start, IntegerText.MostAlike);
        return at;
    }

    private static int Number(ReadOnlySpan<byte> frame, int at, in DecimalGrid grid, out long steps) =>
        NumberText.TryQuoted(frame, ref at, in grid, out steps) ? at : -1;

    private static int Symbol(ReadOnlySpan<byte> frame, int at, SymbolDirectory symbols, out SymbolEntry? entry)
    {
        entry = TryText(frame, ref at, out ReadOnlySpan<byte> symbol) ? symbols.Find(symbol) : null;
        return entry is null ? -1 : at;
    }

    private static int Levels(ReadOnlySpan<byte> frame, int at, (SymbolEntry Entry, bool IsAsk) side, LevelBuffer into) =>
        LevelText.TryRead(frame, ref at, side.Entry.Grids, side.IsAsk, into) ? at : -1;
}

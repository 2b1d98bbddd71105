using System.Runtime.CompilerServices;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>
/// Walks a message that is written without blanks, as the venue writes. Each method answers false for anything else, and the message is then
/// read the careful way; so nothing here decides that a message is bad.
/// </summary>
internal ref struct FrameScanner(ReadOnlySpan<byte> frame)
{
    private readonly ReadOnlySpan<byte> _frame = frame;
    private int _at;

    public readonly bool IsAtEnd => _at == _frame.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(ReadOnlySpan<byte> literal)
    {
        bool matches = _frame[_at..].StartsWith(literal);
        _at += matches ? literal.Length : 0;
        return matches;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPass(byte character)
    {
        bool matches = (uint)_at < (uint)_frame.Length && _frame[_at] == character;
        _at += matches ? 1 : 0;
        return matches;
    }

    /// <summary>Passes a text without its opening quote up to another character, which is passed as well.</summary>
    public bool TryUpTo(byte end, out ReadOnlySpan<byte> text)
    {
        int length = _frame[_at..].IndexOf(end);
        text = length < 0 ? default : _frame.Slice(_at, length);
        _at += length + 1;

        // Other bytes than these have to be checked for escapes and for being UTF-8 at all.
        return length >= 0 && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !text.Contains((byte)'\\');
    }

    public bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryPass((byte)'"') && TryUpTo((byte)'"', out text);
    }

    /// <summary>Passes the name of a property and the colon behind it.</summary>
    public bool TryName(out ReadOnlySpan<byte> name) => TryText(out name) && TryPass((byte)':');

    public bool TryInteger(out long value) => IntegerText.TryRead(_frame, ref _at, out value);

    public bool TryBoolean(out bool value)
    {
        value = TryPass("true"u8);
        return value || TryPass("false"u8);
    }

    /// <summary>Passes a quoted number and counts it in steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNumber(in DecimalGrid grid, out long steps)
    {
        if ((uint)_at >= (uint)_frame.Length || _frame[_at] != '"')
        {
            steps = 0;
            return false;
        }

        return NumberText.TryQuick(_frame, ref _at, in grid, out steps) || TryCareful(in grid, out steps);
    }

    /// <summary>Passes <c>[["price","size"],...]</c>.</summary>
    public bool TryLevels(SymbolEntry entry, bool isAsk, LevelBuffer into) => LevelText.TryRead(_frame, ref _at, entry.Grids, isAsk, into);

    private bool TryCareful(in DecimalGrid grid, out long steps)
    {
        steps = 0;
        int length = _frame[(_at + 1)..].IndexOf((byte)'"');
        if (length < 0 || NumberText.Read(_frame.Slice(_at + 1, length), in grid, out steps) != NumberFault.None)
        {
            return false;
        }

        _at += length + 2;
        return true;
    }
}

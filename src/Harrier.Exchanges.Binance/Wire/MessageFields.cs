using System.Runtime.CompilerServices;
using System.Text.Json;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>Where in a message the value of a property stands.</summary>
/// <param name="Start">First byte of the value, behind the quote of a text.</param>
/// <param name="Length">Bytes of the value; of an object or array, up to its closing bracket.</param>
/// <param name="Kind">What it is; <see cref="JsonTokenType.None"/> for a property that is not there.</param>
internal readonly record struct FieldSlot(int Start, int Length, JsonTokenType Kind);

/// <summary>
/// The properties of one JSON object by their short names, which mean something only together with the type of the message. Nothing is copied,
/// and of a name that comes twice the last counts.
/// </summary>
internal ref struct MessageFields
{
    private const int Letters = 128;

    private readonly ReadOnlySpan<byte> _frame;
    private SlotTable _slots;

    private MessageFields(ReadOnlySpan<byte> frame) => _frame = frame;

    /// <summary>Which letters are there, as bits of the character codes 0 to 127; names of two letters have a code of their own.</summary>
    public UInt128 Present { get; private set; }

    /// <summary>Number of properties whose names are longer, or not Latin letters.</summary>
    public int Others { get; private set; }

    /// <summary>Code of a name; -1 for one that no message read here has.</summary>
    public static int CodeOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 when name[0] < Letters => name[0],
        2 => name switch
        {
            [(byte)'p', (byte)'u'] => MarketFields.PreviousId,
            [(byte)'s', (byte)'t'] => MarketFields.ContractType,
            [(byte)'p', (byte)'s'] => MarketFields.Pair,
            [(byte)'a', (byte)'p'] => MarketFields.AverageMark,
            _ => -1,
        },
        _ => -1,
    };

    /// <summary>Reads the object that begins at a place in a message known to be valid JSON.</summary>
    public static MessageFields Read(ReadOnlySpan<byte> frame, int start)
    {
        MessageFields fields = new(frame);
        Utf8JsonReader reader = new(frame[start..]);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int code = reader.ValueIsEscaped ? -1 : CodeOf(reader.ValueSpan);
            reader.Read();
            FieldSlot slot = SlotOf(ref reader, start);
            if (code < 0)
            {
                fields.Others++;
            }
            else
            {
                fields._slots[code] = slot;
                fields.Present |= UInt128.One << code;
            }
        }

        return fields;
    }

    /// <summary>The slot of the value at which a reader stands; the reader goes to the end of it.</summary>
    public static FieldSlot SlotOf(ref Utf8JsonReader reader, int offset)
    {
        JsonTokenType kind = reader.TokenType;
        int start = offset + (int)reader.TokenStartIndex;
        if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            return new FieldSlot(start, offset + (int)reader.BytesConsumed - start, kind);
        }

        // A text with escapes is none that a venue writes here: it is taken for something that cannot be read.
        bool isText = kind == JsonTokenType.String;
        return new FieldSlot(isText ? start + 1 : start, reader.ValueSpan.Length, reader.ValueIsEscaped ? JsonTokenType.Comment : kind);
    }

    public readonly FieldSlot this[int code] => _slots[code];

    public readonly bool Has(int code) => _slots[code].Kind != JsonTokenType.None;

    public readonly bool TryText(int code, out ReadOnlySpan<byte> text)
    {
        FieldSlot slot = _slots[code];
        text = _frame.Slice(slot.Start, slot.Length);
        return slot.Kind == JsonTokenType.String;
    }

    public readonly bool TryInteger(int code, out long value) => TryInteger(_frame, _slots[code], out value);

    /// <summary>Reads a whole number, not below 0, at a place in a message.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> frame, FieldSlot slot, out long value)
    {
        value = 0;
        if (slot.Kind != JsonTokenType.Number || slot.Length is 0 or > 18)
        {
            return false;
        }

        foreach (byte character in frame.Slice(slot.Start, slot.Length))
        {
            if (!char.IsAsciiDigit((char)character))
            {
                return false;
            }

            value = (value * 10) + (character - '0');
        }

        return true;
    }

    public readonly bool TryBoolean(int code, out bool value)
    {
        JsonTokenType kind = _slots[code].Kind;
        value = kind == JsonTokenType.True;
        return kind is JsonTokenType.True or JsonTokenType.False;
    }

    public readonly NumberFault ReadSteps(int code, in DecimalGrid grid, out long steps)
    {
        steps = 0;
        return TryText(code, out ReadOnlySpan<byte> text) ? NumberText.Read(text, in grid, out steps) : NumberFault.Malformed;
    }

    public readonly bool TryDecimal(int code, out decimal value)
    {
        value = 0;
        return TryText(code, out ReadOnlySpan<byte> text) && NumberText.TryDecimal(text, out value);
    }

    [InlineArray(Letters)]
    private struct SlotTable
    {
        private FieldSlot _first;
    }
}

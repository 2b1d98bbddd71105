using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Harrier.Domain;

namespace Harrier.Exchanges.Wire;

/// <summary>An instrument with its symbol as the venue writes it and its grids ready for reading.</summary>
public sealed class SymbolEntry
{
    /// <summary>Takes the instrument.</summary>
    public SymbolEntry(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        Instrument = instrument;
        Symbol = Encoding.UTF8.GetBytes(instrument.Symbol);
        IsPlain = !Symbol.Span.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !Symbol.Span.Contains((byte)'\\');
        Grids = new LevelGrids(new DecimalGrid(instrument.Definition.TickSize), new DecimalGrid(instrument.Definition.LotSize));
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The symbol in UTF-8.</summary>
    public ReadOnlyMemory<byte> Symbol { get; }

    /// <summary>True when the symbol stands in JSON as it is, without escapes.</summary>
    internal bool IsPlain { get; }

    /// <summary>The grid of prices.</summary>
    public ref readonly DecimalGrid Prices => ref Grids.Prices;

    /// <summary>The grid of sizes.</summary>
    public ref readonly DecimalGrid Sizes => ref Grids.Sizes;

    /// <summary>Both grids, for reading levels.</summary>
    public LevelGrids Grids { get; }
}

/// <summary>Finds instruments by the bytes of their symbols, which may be any UTF-8: there are contracts with Chinese names.</summary>
public sealed class SymbolDirectory
{
    private readonly SymbolEntry?[] _slots;
    private readonly Vector128<byte>[] _keys;
    private readonly uint _mask;

    /// <summary>Takes the instruments.</summary>
    /// <exception cref="ArgumentException">Two have the same symbol.</exception>
    public SymbolDirectory(IReadOnlyCollection<Instrument> instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        _mask = BitOperations.RoundUpToPowerOf2((uint)instruments.Count * 4 + 4) - 1;
        _slots = new SymbolEntry?[_mask + 1];
        _keys = new Vector128<byte>[_mask + 1];
        foreach (Instrument instrument in instruments)
        {
            SymbolEntry entry = new(instrument);
            uint slot = SlotOf(entry.Symbol.Span);
            if (_slots[slot] is not null)
            {
                throw new ArgumentException($"the symbol {instrument.Symbol} is there twice", nameof(instruments));
            }

            _slots[slot] = entry;
            _keys[slot] = KeyOf(entry.Symbol.Span);
        }
    }

    /// <summary>Finds the instrument with a symbol; null when there is none.</summary>
    public SymbolEntry? Find(ReadOnlySpan<byte> symbol) => _slots[SlotOf(symbol)];

    /// <summary>Finds the instrument whose symbol stands in a message, when it is written as it is: at most 15 letters, digits and the like.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="position">Behind the opening quote.</param>
    /// <returns>Null for any other symbol or place: look for the quote, and find it by its bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SymbolEntry? FindAt(ReadOnlySpan<byte> message, int position)
    {
        if (position > message.Length - Vector128<byte>.Count)
        {
            return null;
        }

        Vector128<byte> text = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(message), (nuint)position);
        int length = BitOperations.TrailingZeroCount(Vector128.Equals(text, Vector128.Create((byte)'"')).ExtractMostSignificantBits());
        if (length >= Vector128<byte>.Count)
        {
            return null;
        }

        Vector128<byte> key = text & Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(FirstBytes), (nuint)(Vector128<byte>.Count - length));
        uint slot = Hash(key) & _mask;
        while (_slots[slot] is { } entry)
        {
            if (_keys[slot] == key && entry.Symbol.Length == length && entry.IsPlain)
            {
                return entry;
            }

            slot = (slot + 1) & _mask;
        }

        return null;
    }

    /// <summary>Puts a new revision of an instrument in place of the old one. Only on the thread that looks up.</summary>
    /// <exception cref="ArgumentException">There is no instrument with this symbol.</exception>
    public void Revise(Instrument instrument)
    {
        SymbolEntry entry = new(instrument);
        uint slot = SlotOf(entry.Symbol.Span);
        if (_slots[slot] is null)
        {
            throw new ArgumentException($"there is no symbol {instrument.Symbol} to revise", nameof(instrument));
        }

        _slots[slot] = entry;
    }

    /// <summary>From the place 16 - n on: 16 bytes of which the first n are set.</summary>
    private static ReadOnlySpan<byte> FirstBytes =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The slot with the symbol, or the free one where it would belong.</summary>
    private uint SlotOf(ReadOnlySpan<byte> symbol)
    {
        uint slot = Hash(KeyOf(symbol)) & _mask;
        while (_slots[slot] is { } entry && !entry.Symbol.Span.SequenceEqual(symbol))
        {
            slot = (slot + 1) & _mask;
        }

        return slot;
    }

    /// <summary>The first 16 bytes, zeros behind a shorter symbol.</summary>
    private static Vector128<byte> KeyOf(ReadOnlySpan<byte> symbol)
    {
        Span<byte> key = stackalloc byte[Vector128<byte>.Count];
        key.Clear();
        symbol[..Math.Min(symbol.Length, key.Length)].CopyTo(key);
        return Vector128.Create((ReadOnlySpan<byte>)key);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(Vector128<byte> key)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong first = key.AsUInt64().ToScalar();
        ulong second = key.AsUInt64().GetElement(1);
        return (uint)(unchecked((first ^ BitOperations.RotateLeft(second, 29)) * Multiplier) >> 40);
    }
}

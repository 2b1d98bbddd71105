using System.Buffers.Binary;
using System.Numerics;
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
        Grids = new LevelGrids(new DecimalGrid(instrument.Definition.TickSize), new DecimalGrid(instrument.Definition.LotSize));
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The symbol in UTF-8.</summary>
    public ReadOnlyMemory<byte> Symbol { get; }

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
    private readonly uint _mask;

    /// <summary>Takes the instruments.</summary>
    /// <exception cref="ArgumentException">Two have the same symbol.</exception>
    public SymbolDirectory(IReadOnlyCollection<Instrument> instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        _mask = BitOperations.RoundUpToPowerOf2((uint)instruments.Count * 4 + 4) - 1;
        _slots = new SymbolEntry?[_mask + 1];
        foreach (Instrument instrument in instruments)
        {
            SymbolEntry entry = new(instrument);
            uint slot = SlotOf(entry.Symbol.Span);
            if (_slots[slot] is not null)
            {
                throw new ArgumentException($"the symbol {instrument.Symbol} is there twice", nameof(instruments));
            }

            _slots[slot] = entry;
        }
    }

    /// <summary>Finds the instrument with a symbol; null when there is none.</summary>
    public SymbolEntry? Find(ReadOnlySpan<byte> symbol) => _slots[SlotOf(symbol)];

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

    /// <summary>The slot with the symbol, or the free one where it would belong.</summary>
    private uint SlotOf(ReadOnlySpan<byte> symbol)
    {
        uint slot = Hash(symbol) & _mask;
        while (_slots[slot] is { } entry && !entry.Symbol.Span.SequenceEqual(symbol))
        {
            slot = (slot + 1) & _mask;
        }

        return slot;
    }

    private static uint Hash(ReadOnlySpan<byte> symbol)
    {
        // The first and the last four bytes: symbols of one venue mostly end alike and begin differently.
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong key = (ulong)symbol.Length;
        if (symbol.Length >= sizeof(uint))
        {
            key |= ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(symbol) << 32) ^ ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(symbol[^4..]) << 8);
        }
        else
        {
            foreach (byte character in symbol)
            {
                key = (key << 8) | character;
            }
        }

        return (uint)(unchecked(key * Multiplier) >> 40);
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Harrier.Exchanges.Transport;

/// <summary>Finds a topic by the bytes of its name without making a string. Changed as a whole: readers see the old table or the new one.</summary>
internal sealed class TopicTable
{
    private readonly TopicEntry?[] _slots;

    private TopicTable(IReadOnlyCollection<TopicEntry> entries)
    {
        Entries = entries;
        _slots = new TopicEntry?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, entries.Count * 2))];
        foreach (TopicEntry entry in entries)
        {
            int slot = SlotOf(entry.Key);
            while (_slots[slot] is not null)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = entry;
        }
    }

    public static TopicTable Empty { get; } = new([]);

    public IReadOnlyCollection<TopicEntry> Entries { get; }

    public TopicEntry? Find(ReadOnlySpan<byte> name)
    {
        int slot = SlotOf(name);
        while (_slots[slot] is { } entry)
        {
            if (name.SequenceEqual(entry.Key))
            {
                return entry;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        return null;
    }

    public TopicEntry? Find(string name) => Find(Encoding.UTF8.GetBytes(name));

    public TopicTable With(IEnumerable<TopicEntry> added) => new([.. Entries, .. added]);

    public TopicTable Without(TopicEntry removed) => new([.. Entries.Where(entry => entry != removed)]);

    private int SlotOf(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            ulong hash = (ulong)name.Length * 0x9E37_79B9_7F4A_7C15UL;
            while (name.Length >= sizeof(ulong))
            {
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * 0x9E37_79B9_7F4A_7C15UL;
                hash ^= hash >> 32;
                name = name[sizeof(ulong)..];
            }

            foreach (byte letter in name)
            {
                hash = (hash ^ letter) * 0x0000_0100_0000_01B3UL;
            }

            return (int)(hash ^ (hash >> 29)) & (_slots.Length - 1);
        }
    }
}

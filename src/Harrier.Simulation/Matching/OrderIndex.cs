using System.Runtime.CompilerServices;

namespace Harrier.Simulation.Matching;

/// <summary>
/// From order id to node: open addressing with linear probing and backward-shift deletion, 8 bytes a slot. A slot keeps 32 bits of the
/// hash, so that probing rarely has to look at the node itself.
/// </summary>
internal struct OrderIndex
{
    private Slot[] _slots;
    private int _shift;
    private int _mask;
    private int _count;

    public OrderIndex(int capacity)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 16) * 2);
        _slots = new Slot[size];
        _mask = size - 1;
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)size);
        _count = 0;
    }

    public void Add(long id, int node)
    {
        if ((++_count << 1) > _slots.Length)
        {
            Grow();
        }

        uint hash = Hash(id);
        Place(hash, node);
    }

    /// <summary>The slot of an order, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Find(long id, OrderNode[] nodes, out int node)
    {
        uint hash = Hash(id);
        int at = (int)(hash >> _shift);
        while (true)
        {
            Slot slot = _slots[at];
            if (slot.NodePlusOne == 0)
            {
                node = -1;
                return -1;
            }

            if (slot.Hash == hash && nodes[slot.NodePlusOne - 1].Id == id)
            {
                node = slot.NodePlusOne - 1;
                return at;
            }

            at = (at + 1) & _mask;
        }
    }

    public void RemoveAt(int at)
    {
        _count--;
        Slot[] slots = _slots;
        for (int next = (at + 1) & _mask; slots[next].NodePlusOne != 0; next = (next + 1) & _mask)
        {
            int home = (int)(slots[next].Hash >> _shift);
            if (((next - home) & _mask) >= ((next - at) & _mask))
            {
                slots[at] = slots[next];
                at = next;
            }
        }

        slots[at] = default;
    }

    private static uint Hash(long id) => (uint)((unchecked((ulong)id) * 0x9E37_79B9_7F4A_7C15UL) >> 32);

    private readonly void Place(uint hash, int node)
    {
        int at = (int)(hash >> _shift);
        while (_slots[at].NodePlusOne != 0)
        {
            at = (at + 1) & _mask;
        }

        _slots[at] = new Slot { Hash = hash, NodePlusOne = node + 1 };
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        _mask = _slots.Length - 1;
        _shift--;
        foreach (Slot slot in old)
        {
            if (slot.NodePlusOne != 0)
            {
                Place(slot.Hash, slot.NodePlusOne - 1);
            }
        }
    }

    private struct Slot
    {
        public uint Hash;
        public int NodePlusOne;
    }
}

/// <summary>A resting order in the pool, part of the queue of its level.</summary>
internal struct OrderNode
{
    public long Id;
    public long Price;

    /// <summary>Lots shown.</summary>
    public long Size;

    public int Account;
    public int Previous;
    public int Next;
    public OrderTraits Traits;
}

[Flags]
internal enum OrderTraits : byte
{
    None = 0,
    Sell = 1,
    Guarded = 2,
    Iceberg = 4,
}

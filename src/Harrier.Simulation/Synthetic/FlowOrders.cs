using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>The resting orders of one flow: slots that are used again, and a list of slots per side to draw from in constant time.</summary>
internal sealed class FlowOrders
{
    private readonly List<Slot> _slots = [];
    private readonly Stack<int> _free = new();
    private readonly List<int>[] _sides = [[], []];
    private readonly long[] _sample = new long[15];

    /// <summary>Number of slots ever used.</summary>
    public int Capacity => _slots.Count;

    /// <summary>Number of orders on a side.</summary>
    public int Count(bool isSell) => Side(isSell).Count;

    /// <summary>Slot of the order at a position of a side's list, in no order of price.</summary>
    public int At(bool isSell, int position) => Side(isSell)[position];

    /// <summary>Price of a slot's order in ticks.</summary>
    public long Price(int slot) => _slots[slot].Price;

    /// <summary>Size of a slot's order when it was placed, in lots.</summary>
    public long Lots(int slot) => _slots[slot].Lots;

    /// <summary>True for an order to sell.</summary>
    public bool IsSell(int slot) => _slots[slot].IsSell;

    /// <summary>True while the slot holds an order.</summary>
    public bool IsOpen(int slot) => (uint)slot < (uint)_slots.Count && _slots[slot].Position >= 0;

    /// <summary>A random order of a side; -1 when there is none.</summary>
    public int Draw(bool isSell, RandomStream random) => Count(isSell) == 0 ? -1 : At(isSell, random.NextInt32(Count(isSell)));

    /// <summary>Adds an order.</summary>
    /// <returns>Its slot.</returns>
    public int Add(bool isSell, long price, long lots)
    {
        List<int> side = Side(isSell);
        if (!_free.TryPop(out int slot))
        {
            slot = _slots.Count;
            _slots.Add(default);
        }

        _slots[slot] = new Slot(price, lots, isSell, side.Count);
        side.Add(slot);
        return slot;
    }

    /// <summary>Removes an order; does nothing when it is gone already.</summary>
    public void Remove(int slot)
    {
        if (!IsOpen(slot))
        {
            return;
        }

        Slot gone = _slots[slot];
        List<int> side = Side(gone.IsSell);
        int moved = side[^1];
        side[gone.Position] = moved;
        _slots[moved] = _slots[moved] with { Position = gone.Position };
        side.RemoveAt(side.Count - 1);
        _slots[slot] = gone with { Position = -1 };
        _free.Push(slot);
    }

    /// <summary>Median size of a few random orders of a side; 0 when there is none.</summary>
    public long TypicalLots(bool isSell, RandomStream random)
    {
        if (Count(isSell) == 0)
        {
            return 0;
        }

        for (int i = 0; i < _sample.Length; i++)
        {
            _sample[i] = Lots(Draw(isSell, random));
        }

        Array.Sort(_sample);
        return _sample[_sample.Length / 2];
    }

    private List<int> Side(bool isSell) => _sides[isSell ? 1 : 0];

    private readonly record struct Slot(long Price, long Lots, bool IsSell, int Position);
}

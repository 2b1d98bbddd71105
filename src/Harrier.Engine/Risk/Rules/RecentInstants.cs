using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>The last instants at which something happened, up to a number.</summary>
internal sealed class RecentInstants(int capacity) : IStateful
{
    private readonly long[] _times = new long[capacity];
    private int _count;
    private int _next;

    /// <summary>The oldest that is kept; there must be one.</summary>
    public Timestamp Oldest => new(_times[(_next - _count + capacity) % capacity]);

    public void Add(Timestamp time)
    {
        if (capacity == 0)
        {
            return;
        }

        _times[_next] = time.Nanos;
        _next = (_next + 1) % capacity;
        _count = Math.Min(_count + 1, capacity);
    }

    /// <summary>How many of them are later than an instant.</summary>
    public int After(Timestamp instant)
    {
        int found = 0;
        while (found < _count && _times[(_next - 1 - found + (2 * capacity)) % capacity] > instant.Nanos)
        {
            found++;
        }

        return found;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        for (int age = _count - 1; age >= 0; age--)
        {
            writer.Write(_times[(_next - 1 - age + (2 * capacity)) % capacity]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _count = _next = 0;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Add(new Timestamp(reader.ReadInt64()));
        }
    }
}

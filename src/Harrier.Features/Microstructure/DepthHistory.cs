using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>A ring of depths, the oldest making room for the newest.</summary>
internal sealed class DepthHistory(int capacity) : IStateful
{
    private readonly DepthRecord[] _ring = new DepthRecord[capacity];
    private int _next;
    private int _count;

    /// <summary>Adds the newest.</summary>
    public void Add(in DepthRecord record)
    {
        _ring[_next] = record;
        _next = (_next + 1) % _ring.Length;
        _count = Math.Min(_count + 1, _ring.Length);
    }

    /// <summary>The newest that is not newer than an instant and not older than another.</summary>
    public DepthRecord? Find(Timestamp newest, Timestamp oldest)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (At(middle).Time <= newest)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && At(low - 1).Time >= oldest ? At(low - 1) : null;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.WriteRaw(in At(i));
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _next = 0;
        _count = 0;
        int count = reader.ReadCount();
        if (count > _ring.Length)
        {
            throw new InvalidDataException($"the saved history holds {count} depths, the settings ask for {_ring.Length}");
        }

        for (int i = 0; i < count; i++)
        {
            Add(reader.ReadRaw<DepthRecord>());
        }
    }

    private ref readonly DepthRecord At(int index) => ref _ring[(_next - _count + index + _ring.Length) % _ring.Length];
}

using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>The sizes of all buckets in the snapshots of a while, in order.</summary>
internal sealed class BucketSizes : IStateful
{
    private readonly OrderedSizes _ordered = new();
    private (long TimeNanos, int Count)[] _snapshots = new (long, int)[16];
    private long[] _sizes = new long[256];
    private int _firstSnapshot;
    private int _snapshotCount;
    private int _firstSize;
    private int _sizeCount;

    /// <summary>How many sizes.</summary>
    public int Count => _sizeCount;

    /// <summary>The median of all; there must be at least one.</summary>
    public double Median() => _ordered.Median();

    /// <summary>Begins a snapshot; the sizes added next are its.</summary>
    /// <param name="time">When; not before that of the last one.</param>
    /// <param name="oldest">Snapshots before this are forgotten.</param>
    public void Begin(Timestamp time, Timestamp oldest)
    {
        while (_snapshotCount > 0 && _snapshots[_firstSnapshot].TimeNanos < oldest.Nanos)
        {
            Forget();
        }

        if (_snapshotCount == _snapshots.Length)
        {
            _snapshots = Grown(_snapshots, ref _firstSnapshot);
        }

        _snapshots[Wrap(_firstSnapshot + _snapshotCount++, _snapshots)] = (time.Nanos, 0);
    }

    /// <summary>Adds a size to the snapshot begun last.</summary>
    public void Add(long size)
    {
        if (_sizeCount == _sizes.Length)
        {
            _sizes = Grown(_sizes, ref _firstSize);
        }

        _sizes[Wrap(_firstSize + _sizeCount++, _sizes)] = size;
        _snapshots[Wrap(_firstSnapshot + _snapshotCount - 1, _snapshots)].Count++;
        _ordered.Add(size);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _ordered.Clear();
        _firstSnapshot = 0;
        _snapshotCount = 0;
        _firstSize = 0;
        _sizeCount = 0;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_snapshotCount);
        int size = _firstSize;
        for (int i = 0; i < _snapshotCount; i++)
        {
            (long time, int count) = _snapshots[Wrap(_firstSnapshot + i, _snapshots)];
            writer.Write(time);
            writer.Write(count);
            for (int j = 0; j < count; j++)
            {
                writer.Write(_sizes[Wrap(size++, _sizes)]);
            }
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Clear();
        int snapshots = reader.ReadCount();
        for (int i = 0; i < snapshots; i++)
        {
            Begin(reader.ReadTimestamp(), new Timestamp(long.MinValue));
            int count = reader.ReadCount();
            for (int j = 0; j < count; j++)
            {
                Add(reader.ReadInt64());
            }
        }
    }

    private static int Wrap<T>(int index, T[] ring) => index & (ring.Length - 1);

    private static T[] Grown<T>(T[] ring, ref int first)
    {
        T[] larger = new T[ring.Length * 2];
        Array.Copy(ring, first, larger, 0, ring.Length - first);
        Array.Copy(ring, 0, larger, ring.Length - first, first);
        first = 0;
        return larger;
    }

    private void Forget()
    {
        int count = _snapshots[_firstSnapshot].Count;
        for (int i = 0; i < count; i++)
        {
            _ordered.Remove(_sizes[_firstSize]);
            _firstSize = Wrap(_firstSize + 1, _sizes);
        }

        _sizeCount -= count;
        _firstSnapshot = Wrap(_firstSnapshot + 1, _snapshots);
        _snapshotCount--;
    }
}

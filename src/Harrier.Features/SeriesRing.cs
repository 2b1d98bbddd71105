using Harrier.Domain;

namespace Harrier.Features;

/// <summary>The last values of a series, found by their place in the whole series. The type has no padding, whose bytes would be saved too.</summary>
/// <param name="capacity">How many are kept, 1 or more.</param>
internal sealed class SeriesRing<T>(int capacity) : IStateful
    where T : unmanaged
{
    private readonly T[] _values = new T[capacity];

    /// <summary>Values ever added.</summary>
    public int Count { get; private set; }

    /// <summary>Index of the oldest value that is kept.</summary>
    public int First => Math.Max(0, Count - _values.Length);

    /// <summary>The value at an index from <see cref="First"/> up to <see cref="Count"/> of the whole series.</summary>
    public ref readonly T this[int index] => ref _values[index % _values.Length];

    public void Add(in T value)
    {
        _values[Count % _values.Length] = value;
        Count++;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(Count);
        for (int i = First; i < Count; i++)
        {
            writer.WriteRaw(in this[i]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0)
        {
            throw new InvalidDataException($"a saved number of values of {count} is below 0");
        }

        Count = count;
        for (int i = First; i < Count; i++)
        {
            _values[i % _values.Length] = reader.ReadRaw<T>();
        }
    }
}

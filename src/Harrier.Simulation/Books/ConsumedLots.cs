using Harrier.Domain;

namespace Harrier.Simulation.Books;

/// <summary>
/// Lots of one side of the recorded book that our own orders took. The recording does not know of it: until the venue speaks of a level again, what we took is
/// not there a second time.
/// </summary>
internal sealed class ConsumedLots : IStateful
{
    private (long Price, long Lots)[] _levels = new (long, long)[8];
    private int _count;

    public bool IsEmpty => _count == 0;

    public long At(long price)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_levels[i].Price == price)
            {
                return _levels[i].Lots;
            }
        }

        return 0;
    }

    public void Add(long price, long lots)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_levels[i].Price == price)
            {
                _levels[i].Lots += lots;
                return;
            }
        }

        if (_count == _levels.Length)
        {
            Array.Resize(ref _levels, 2 * _count);
        }

        _levels[_count++] = (price, lots);
    }

    /// <summary>The venue spoke of the level: its size is true again.</summary>
    public void Refresh(long price)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_levels[i].Price == price)
            {
                _levels[i] = _levels[--_count];
                return;
            }
        }
    }

    public void Clear() => _count = 0;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.Write(_levels[i].Price);
            writer.Write(_levels[i].Lots);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _count = 0;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Add(reader.ReadInt64(), reader.ReadInt64());
        }
    }
}

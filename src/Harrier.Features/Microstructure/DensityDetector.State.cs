using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <content>Saving and restoring.</content>
public sealed partial class DensityDetector
{
    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_grid.Width);
        writer.Write(_reference);
        writer.Write(_median);
        writer.Write(_nextLook);
        writer.Write(_nextSnapshot);
        writer.Write(_isKnown);
        writer.Write(_hasGap);
        writer.Write(_sizes);
        writer.Write(_wallCount);
        for (int i = 0; i < _wallCount; i++)
        {
            SaveWall(ref writer, in _walls[i]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _grid = new PriceGrid(reader.ReadInt64());
        _reference = reader.ReadDouble();
        _median = reader.ReadDouble();
        _nextLook = reader.ReadInt64();
        _nextSnapshot = reader.ReadInt64();
        _isKnown = reader.ReadBoolean();
        _hasGap = reader.ReadBoolean();
        reader.Read(_sizes);
        _wallCount = reader.ReadCount();
        if (_wallCount > _walls.Length)
        {
            _walls = new TrackedWall[_wallCount];
        }

        for (int i = 0; i < _wallCount; i++)
        {
            _walls[i] = ReadWall(ref reader);
        }

        _eventCount = 0;
        _areSumsKnown = false;
    }

    private static void SaveWall(ref StateWriter writer, in TrackedWall wall)
    {
        writer.Write(wall.IsAsk);
        writer.Write(wall.IsEaten);
        writer.Write(wall.IsShrunk);
        writer.Write(wall.IsUnexplained);
        writer.Write(wall.Bucket);
        writer.Write(wall.Size);
        writer.Write(wall.InitialSize);
        writer.Write(wall.MaxSize);
        writer.Write(wall.Consumed);
        writer.Write(wall.ConsumedSinceMax);
        writer.Write(wall.Since);
        writer.Write(wall.UnexplainedSince);
        writer.Write(wall.LastAboveThreshold);
    }

    private static TrackedWall ReadWall(ref StateReader reader) => new()
    {
        IsAsk = reader.ReadBoolean(),
        IsEaten = reader.ReadBoolean(),
        IsShrunk = reader.ReadBoolean(),
        IsUnexplained = reader.ReadBoolean(),
        Bucket = reader.ReadInt64(),
        Size = reader.ReadInt64(),
        InitialSize = reader.ReadInt64(),
        MaxSize = reader.ReadInt64(),
        Consumed = reader.ReadInt64(),
        ConsumedSinceMax = reader.ReadInt64(),
        Since = reader.ReadInt64(),
        UnexplainedSince = reader.ReadInt64(),
        LastAboveThreshold = reader.ReadInt64(),
    };
}

using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>Reading of positions and counts that later index an array: a damaged snapshot must fail here, not there.</summary>
internal static class SavedPosition
{
    /// <summary>Reads a whole number from 0 to <paramref name="maximum"/>.</summary>
    /// <exception cref="InvalidDataException">It is outside.</exception>
    public static int ReadPosition(this ref StateReader reader, int maximum)
    {
        int position = reader.ReadInt32();
        return position >= 0 && position <= maximum
            ? position
            : throw new InvalidDataException($"a saved position of {position} is outside 0 to {maximum}");
    }
}

using System.Globalization;

namespace Harrier.Storage.Recording;

/// <summary>Where a record came from.</summary>
/// <param name="Connection">Name of the connection; <c>rest</c> for answers to requests.</param>
/// <param name="Session">Number of the session of that connection, from 1; 0 where there is none.</param>
/// <param name="Symbol">The symbol that it is about; null when it is about none, or about several.</param>
public sealed record RecordSource(string Connection, int Session, string? Symbol)
{
    private const char Separator = '\t';

    /// <summary>The recorder itself, which tells of holes.</summary>
    internal static RecordSource Recorder { get; } = new("recorder", 0, null);

    /// <summary>One line that <see cref="Parse"/> reads.</summary>
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Connection}{Separator}{Session}{Separator}{Symbol}");

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such line.</exception>
    internal static RecordSource Parse(string text)
    {
        string[] parts = text.Split(Separator);
        return parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int session)
            ? new RecordSource(parts[0], session, parts[2].Length > 0 ? parts[2] : null)
            : throw new InvalidDataException("the name of a source cannot be read");
    }
}

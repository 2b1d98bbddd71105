namespace Harrier.Storage.DuckDb;

/// <summary>What the database engine says about a statement or a file that it could not work with.</summary>
/// <param name="message">The engine's own words.</param>
public sealed class DuckDbException(string message) : Exception(message)
{
    /// <summary>The engine's words in one line, without the picture of the statement that it draws below them.</summary>
    public string Line
    {
        get
        {
            int picture = Message.IndexOf("\n\nLINE ", StringComparison.Ordinal);
            return (picture < 0 ? Message : Message[..picture]).ReplaceLineEndings(" ").Trim();
        }
    }
}

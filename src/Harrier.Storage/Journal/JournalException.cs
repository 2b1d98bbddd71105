namespace Harrier.Storage.Journal;

/// <summary>A journal is damaged, or not one.</summary>
/// <param name="file">The segment.</param>
/// <param name="offset">Where in it, in bytes.</param>
/// <param name="problem">What is wrong.</param>
public sealed class JournalException(string file, long offset, string problem) : Exception($"{file} at byte {offset}: {problem}")
{
    /// <summary>The segment.</summary>
    public string File { get; } = file;

    /// <summary>Where in it, in bytes.</summary>
    public long Offset { get; } = offset;
}

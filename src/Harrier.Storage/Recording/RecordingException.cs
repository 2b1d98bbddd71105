namespace Harrier.Storage.Recording;

/// <summary>A file or folder is no recording that can be read.</summary>
/// <param name="path">Which.</param>
/// <param name="reason">What is wrong.</param>
public sealed class RecordingException(string path, string reason) : Exception($"{path}: {reason}")
{
    /// <summary>Which file or folder.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong.</summary>
    public string Reason { get; } = reason;
}

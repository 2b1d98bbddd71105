namespace Harrier.Storage.Recording;

/// <summary>Something in a file of a recording that cannot be read; what can be read around it was.</summary>
/// <param name="File">Which file.</param>
/// <param name="Offset">Where it begins: a byte of a segment, a line of a capture.</param>
/// <param name="Reason">What is wrong, and what is missing for it.</param>
public sealed record RecordingFault(string File, long Offset, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File} at {Offset}: {Reason}";
}

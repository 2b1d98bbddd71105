namespace Harrier.Storage.Collection;

/// <summary>Whether the files of whole months that some venues offer are used for bars.</summary>
public enum BulkUse : byte
{
    /// <summary>Where there are files and they can be reached; otherwise the venue is asked page by page.</summary>
    Auto = 0,

    /// <summary>The venue is asked page by page.</summary>
    Never = 1,

    /// <summary>Files alone: what they do not hold is left out and said.</summary>
    Only = 2,
}

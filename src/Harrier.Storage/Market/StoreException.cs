namespace Harrier.Storage.Market;

/// <summary>
/// The market data store, or something in it, that cannot be used. Printed as <c>error: FIELD: VALUE: what is allowed</c>. Nothing that was in the
/// store is lost by it.
/// </summary>
/// <param name="path">The file or folder.</param>
/// <param name="fault">What is wrong with it.</param>
/// <param name="remedy">What to do about it.</param>
public sealed class StoreException(string path, string fault, string remedy) : Exception($"store: {path}: {fault}; {remedy}")
{
    /// <summary>The file or folder.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with it.</summary>
    public string Fault { get; } = fault;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>True when a file can be read and has other columns.</summary>
    internal bool IsOtherSchema { get; init; }
}

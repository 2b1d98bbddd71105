namespace Harrier.Storage.Records;

/// <summary>The database of records cannot be used. Printed as <c>error: FIELD: VALUE: what is allowed</c>; the journals, from which it can be made anew, are not touched.</summary>
/// <param name="database">Which one: a file, or server and database without user and password.</param>
/// <param name="fault">What is wrong, and what is allowed.</param>
public sealed class RecordStoreException(string database, string fault) : Exception($"records: {database}: {fault}")
{
    /// <summary>Which one.</summary>
    public string Database { get; } = database;

    /// <summary>What is wrong, and what is allowed.</summary>
    public string Fault { get; } = fault;
}

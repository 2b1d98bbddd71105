using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>A column of the Parquet files.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
internal sealed record StoreColumn(string Name, DuckType Type)
{
    /// <summary>The column that holds the exact text of numbers that their doubles do not give back; the last one of every file.</summary>
    public const string Exact = "exact";

    /// <summary>The type as SQL names it.</summary>
    public string SqlType => Type switch
    {
        DuckType.TimestampTz => "TIMESTAMPTZ",
        DuckType.Double => "DOUBLE",
        DuckType.BigInt => "BIGINT",
        DuckType.Integer => "INTEGER",
        DuckType.Boolean => "BOOLEAN",
        _ => "VARCHAR",
    };
}

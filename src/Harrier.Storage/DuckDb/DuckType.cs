namespace Harrier.Storage.DuckDb;

/// <summary>The types of columns that are read and written here, by the numbers that the engine's C interface gives them.</summary>
public enum DuckType
{
    /// <summary>None, or one that has no name here.</summary>
    Invalid = 0,

    /// <summary>True or false, one byte.</summary>
    Boolean = 1,

    /// <summary>Signed, one byte.</summary>
    TinyInt = 2,

    /// <summary>Signed, two bytes.</summary>
    SmallInt = 3,

    /// <summary>Signed, four bytes.</summary>
    Integer = 4,

    /// <summary>Signed, eight bytes.</summary>
    BigInt = 5,

    /// <summary>Unsigned, one byte.</summary>
    UTinyInt = 6,

    /// <summary>Unsigned, two bytes.</summary>
    USmallInt = 7,

    /// <summary>Unsigned, four bytes.</summary>
    UInteger = 8,

    /// <summary>Unsigned, eight bytes.</summary>
    UBigInt = 9,

    /// <summary>Floating point, four bytes.</summary>
    Float = 10,

    /// <summary>Floating point, eight bytes.</summary>
    Double = 11,

    /// <summary>Microseconds since 1970 without a time zone.</summary>
    Timestamp = 12,

    /// <summary>Days since 1970.</summary>
    Date = 13,

    /// <summary>Signed, sixteen bytes.</summary>
    HugeInt = 16,

    /// <summary>Text.</summary>
    Varchar = 17,

    /// <summary>Microseconds since 1970 in UTC.</summary>
    TimestampTz = 31,
}

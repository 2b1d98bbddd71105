namespace Harrier.Exchanges.Requests;

/// <summary>What a venue said when asked for something we may have made.</summary>
public enum Sighting : byte
{
    /// <summary>It gave no usable answer, which proves nothing.</summary>
    NoAnswer,

    /// <summary>It does not know of it.</summary>
    NotFound,

    /// <summary>It has it.</summary>
    Found,
}

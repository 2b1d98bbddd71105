namespace Harrier.Engine.Market;

/// <summary>What a change did to a book beyond a level.</summary>
[Flags]
public enum BookStep : byte
{
    /// <summary>Nothing: the message goes on, or the book is in doubt.</summary>
    None = 0,

    /// <summary>It could be read before and was emptied for a snapshot.</summary>
    Lost = 1,

    /// <summary>It is whole and may be read.</summary>
    Whole = 2,
}

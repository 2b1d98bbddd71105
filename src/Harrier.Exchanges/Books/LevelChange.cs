namespace Harrier.Exchanges.Books;

/// <summary>The new size at one price of a book.</summary>
/// <param name="Ticks">Price in ticks, above 0.</param>
/// <param name="Lots">Size in lots; 0 when the level is gone.</param>
/// <param name="IsAsk">Which side.</param>
public readonly record struct LevelChange(long Ticks, long Lots, bool IsAsk);

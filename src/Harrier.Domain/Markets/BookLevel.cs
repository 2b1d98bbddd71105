namespace Harrier.Domain;

/// <summary>All that rests at one price of an order book.</summary>
/// <param name="Price">The price.</param>
/// <param name="Size">How much rests there; above 0.</param>
public readonly record struct BookLevel(PriceTicks Price, SizeLots Size);

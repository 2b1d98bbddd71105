namespace Harrier.Exchanges.Wire;

/// <summary>The grids of an instrument's levels, and how the levels last read were laid out.</summary>
/// <param name="prices">The grid of prices.</param>
/// <param name="sizes">The grid of sizes.</param>
public sealed class LevelGrids(in DecimalGrid prices, in DecimalGrid sizes)
{
    private readonly DecimalGrid _prices = prices;
    private readonly DecimalGrid _sizes = sizes;

    /// <summary>The grid of prices.</summary>
    public ref readonly DecimalGrid Prices => ref _prices;

    /// <summary>The grid of sizes.</summary>
    public ref readonly DecimalGrid Sizes => ref _sizes;

    /// <summary>What the next level of a list will probably look like; a wrong guess costs time, nothing else.</summary>
    internal PairForm LevelForm { get; set; } = PairForm.Of(default, LevelText.Gap);

    /// <summary>What the next price and size in properties of their own will probably look like.</summary>
    internal PairForm FieldForm { get; set; } = PairForm.Of(default, PairText.Gap);
}

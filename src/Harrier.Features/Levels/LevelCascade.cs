namespace Harrier.Features.Levels;

/// <summary>
/// Levels that stand together. The level that is asked about counts as one of them when it is in the list, so that a smallest cascade of 2 is two
/// levels standing together; a price that is not in the list needs two levels beside it.
/// </summary>
/// <param name="HasCascade">Whether enough levels stand within the radius.</param>
/// <param name="Count">How many do.</param>
/// <param name="Bonus">min(0.2, 0.05 * count); 0 without a cascade.</param>
public readonly record struct LevelCascade(bool HasCascade, int Count, double Bonus)
{
    private const double BonusPerLevel = 0.05;
    private const double BestBonus = 0.2;
    private const double BasisPoint = 1e-4;

    /// <summary>Counts the levels around a price, of both kinds.</summary>
    /// <param name="levels">All accepted levels.</param>
    /// <param name="price">The price in question.</param>
    /// <param name="radiusBps">How far from it, in basis points of it.</param>
    /// <param name="minLevels">How many make a cascade.</param>
    public static LevelCascade Around(IReadOnlyList<PriceLevel> levels, double price, double radiusBps = 15, int minLevels = 2)
    {
        ArgumentNullException.ThrowIfNull(levels);
        int count = 0;
        for (int i = 0; i < levels.Count; i++)
        {
            count += Math.Abs(levels[i].Price - price) <= price * radiusBps * BasisPoint ? 1 : 0;
        }

        bool has = count >= minLevels;
        return new LevelCascade(has, count, has ? Math.Min(BestBonus, BonusPerLevel * count) : 0);
    }
}

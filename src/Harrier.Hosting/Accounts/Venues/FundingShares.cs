namespace Harrier.Hosting.Accounts.Venues;

/// <summary>Divides what an account paid or received in funding among those who held the contract.</summary>
internal static class FundingShares
{
    private const int Decimals = 8;

    /// <summary>Each one's part: as much for a lot of a long as a lot of a short gets. What others held keeps its part, so that the parts need not come to the whole.</summary>
    /// <param name="amount">What the account received; below 0 when it paid.</param>
    /// <param name="held">What each held when it was due; below 0 when short.</param>
    /// <param name="others">What the account held besides.</param>
    /// <returns>Parts rounded to eight decimals, whose sum is what all of them together get; all 0 where the account held nothing.</returns>
    public static IReadOnlyList<decimal> Of(decimal amount, IReadOnlyList<decimal> held, decimal others)
    {
        decimal whole = held.Sum() + others;
        decimal[] parts = new decimal[held.Count];
        decimal counted = 0;
        decimal given = 0;
        for (int i = 0; i < parts.Length && whole != 0; i++)
        {
            counted += held[i];
            decimal upTo = decimal.Round(amount * counted / whole, Decimals);
            (parts[i], given) = (held[i] == 0 ? 0 : upTo - given, upTo);
        }

        return parts;
    }
}

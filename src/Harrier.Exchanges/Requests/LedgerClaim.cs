namespace Harrier.Exchanges.Requests;

/// <summary>A rule as the machine's ledger knows it, and what is asked of it.</summary>
/// <param name="Key">A hash of the rule's name, its window and, for an account's rule, the account; never 0.</param>
/// <param name="WindowTicks">The window in units of 100 ns.</param>
/// <param name="Weight">The weight.</param>
/// <param name="Ceiling">The most that may be used with it.</param>
internal readonly record struct LedgerClaim(long Key, long WindowTicks, int Weight, int Ceiling)
{
    /// <summary>The claim on a rule; the hash is FNV-1a over the UTF-16 units, the same in every process.</summary>
    public static LedgerClaim Of(string scope, BudgetRule rule, int weight)
    {
        ulong hash = Hash(Hash(14695981039346656037, scope) ^ 31, rule.Name);
        hash = (hash ^ (ulong)rule.Window.Ticks) * 1099511628211;
        return new LedgerClaim(hash == 0 ? 1 : unchecked((long)hash), rule.Window.Ticks, weight, rule.Limit);
    }

    private static ulong Hash(ulong hash, string text)
    {
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * 1099511628211;
        }

        return hash;
    }
}

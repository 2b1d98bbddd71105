namespace Harrier.Exchanges.Requests;

/// <summary>Until when the venue wants to be left alone: on the whole, or for one rule of an account. Times are the budget's. Not thread-safe.</summary>
internal sealed class BanBook
{
    private readonly Dictionary<string, TimeSpan> _rules = new(StringComparer.Ordinal);
    private TimeSpan _all;

    public TimeSpan All => _all;

    /// <summary>Bans one rule, or everything when <paramref name="rule"/> is null; a longer ban stays.</summary>
    public void Ban(string? rule, TimeSpan until)
    {
        if (rule is null)
        {
            _all = until > _all ? until : _all;
        }
        else if (!_rules.TryGetValue(rule, out TimeSpan old) || until > old)
        {
            _rules[rule] = until;
        }
    }

    /// <summary>The end of the ban that holds a request with these costs; in the past or zero when none does.</summary>
    public TimeSpan Until(ReadOnlySpan<RequestCost> costs)
    {
        TimeSpan until = _all;
        foreach (RequestCost cost in costs)
        {
            until = _rules.TryGetValue(cost.Rule, out TimeSpan end) && end > until ? end : until;
        }

        return until;
    }
}

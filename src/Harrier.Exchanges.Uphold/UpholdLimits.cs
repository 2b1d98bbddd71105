using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Uphold;

/// <summary>The venue's limits as rules of a request budget. Source: the rate limits page of the venue's documents of 2025.</summary>
public static class UpholdLimits
{
    internal const string Requests = "requests-1m";
    internal const string Tokens = "tokens-5m";

    /// <summary>250 requests a minute and 50 tokens in five minutes, for each address. The answers' headers tell nothing of what is used.</summary>
    public static IReadOnlyList<BudgetRule> Defaults { get; } =
    [
        new BudgetRule(Requests, 250, TimeSpan.FromMinutes(1), PerAccount: false),
        new BudgetRule(Tokens, 50, TimeSpan.FromMinutes(5), PerAccount: false),
    ];

    internal static RequestCost[] One { get; } = [new RequestCost(Requests, 1)];

    internal static RequestCost[] OneToken { get; } = [new RequestCost(Requests, 1), new RequestCost(Tokens, 1)];
}

using System.Collections.Frozen;
using System.Globalization;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Binance;

/// <summary>The venue's limits as rules of a request budget, named as its headers name them: <c>weight-1m</c>, <c>orders-10s</c>.</summary>
public static class BinanceLimits
{
    internal const string WeightPrefix = "weight-";
    internal const string OrdersPrefix = "orders-";
    private const string RawPrefix = "raw-";

    private static readonly FrozenDictionary<string, (char Letter, TimeSpan Length)> Intervals = new Dictionary<string, (char, TimeSpan)>
    {
        ["SECOND"] = ('s', TimeSpan.FromSeconds(1)),
        ["MINUTE"] = ('m', TimeSpan.FromMinutes(1)),
        ["HOUR"] = ('h', TimeSpan.FromHours(1)),
        ["DAY"] = ('d', TimeSpan.FromDays(1)),
    }.ToFrozenDictionary();

    /// <summary>The limits that hold before exchangeInfo was read. Source: the recordings of August 2025 and the documents of 2026.</summary>
    public static IReadOnlyList<BudgetRule> Defaults(BinanceMarket market) => market == BinanceMarket.Spot
        ?
        [
            Rule(WeightPrefix, 6000, 'm', 1), Rule(OrdersPrefix, 100, 's', 10), Rule(OrdersPrefix, 200_000, 'd', 1), Rule(RawPrefix, 300_000, 'm', 5),
        ]
        : [Rule(WeightPrefix, 2400, 'm', 1), Rule(OrdersPrefix, 300, 's', 10), Rule(OrdersPrefix, 1200, 'm', 1)];

    /// <summary>The limits in an answer to exchangeInfo; kinds that nobody here knows are left out.</summary>
    internal static IReadOnlyList<BudgetRule> From(ExchangeInfoMessage message)
    {
        List<BudgetRule> rules = [];
        foreach (RateLimitMessage limit in message.RateLimits)
        {
            string? prefix = limit.RateLimitType switch
            {
                "REQUEST_WEIGHT" => WeightPrefix,
                "ORDERS" => OrdersPrefix,
                "RAW_REQUESTS" => RawPrefix,
                _ => null,
            };
            if (prefix is not null && limit.Limit > 0 && limit.IntervalNum > 0 && Intervals.TryGetValue(limit.Interval ?? "", out (char Letter, TimeSpan) interval))
            {
                rules.Add(Rule(prefix, limit.Limit, interval.Letter, limit.IntervalNum));
            }
        }

        return rules;
    }

    /// <summary>What a call spends of each rule.</summary>
    internal static RequestCost[] CostsOf(BinanceCall call, IReadOnlyList<BudgetRule> rules)
    {
        List<RequestCost> costs = [];
        foreach (BudgetRule rule in rules)
        {
            int cost = rule.Name.StartsWith(OrdersPrefix, StringComparison.Ordinal) ? call.Orders
                : rule.Name.StartsWith(WeightPrefix, StringComparison.Ordinal) ? call.Weight
                : 1;
            if (cost > 0)
            {
                costs.Add(new RequestCost(rule.Name, cost));
            }
        }

        return [.. costs];
    }

    private static BudgetRule Rule(string prefix, int limit, char letter, int count)
    {
        TimeSpan unit = Intervals.Values.First(i => i.Letter == letter).Length;
        string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{count}{letter}");
        return new BudgetRule(name, limit, unit * count, prefix == OrdersPrefix);
    }
}

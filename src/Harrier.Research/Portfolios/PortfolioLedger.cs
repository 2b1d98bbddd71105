using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Research.Portfolios;

/// <summary>What is held of each asset, to the last decimal.</summary>
internal sealed class PortfolioLedger
{
    private readonly SortedDictionary<string, decimal> _amounts = new(StringComparer.Ordinal);

    public PortfolioLedger(IEnumerable<Money> start)
    {
        foreach (Money money in start)
        {
            Add(money);
        }
    }

    /// <summary>What is held, by code of the asset; nothing of which there is none.</summary>
    public IReadOnlyList<Money> Holdings => [.. _amounts.Where(amount => amount.Value != 0).Select(amount => new Money(amount.Value, new Asset(amount.Key)))];

    public decimal Of(Asset asset) => _amounts.GetValueOrDefault(asset.Code);

    /// <summary>Adds an amount, below 0 to take it away.</summary>
    /// <exception cref="InvariantException">The sum cannot be held exactly, or is below 0.</exception>
    public void Add(Money money)
    {
        bool isExact = ExactDecimal.TryAdd(Of(money.Asset), money.Amount, out decimal sum);
        Invariant.That(isExact && sum >= 0, "a holding keeps every digit and never falls below 0");
        _amounts[money.Asset.Code] = sum;
    }

    /// <summary>Worth in an asset at the middle of the market.</summary>
    public decimal Value(RateGraph graph, Asset numeraire) => graph.Value(Holdings, numeraire).Value;
}

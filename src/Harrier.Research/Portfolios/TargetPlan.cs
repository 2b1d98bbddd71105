using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Research.Portfolios;

/// <summary>Keeps a portfolio near target weights, which are fixed or estimated anew from the newest returns every so often.</summary>
internal sealed class TargetPlan : IPortfolioPlan
{
    private const int AmountDecimals = 8;

    private readonly PortfolioBacktestSettings _settings;
    private readonly AllocationMethod? _method;
    private readonly Asset[] _assets;
    private readonly List<double>[] _prices;
    private double[]? _targets;
    private long _estimateLooks;

    /// <summary>Creates it.</summary>
    /// <param name="settings">The settings of the backtest.</param>
    /// <param name="assets">The assets besides the numeraire.</param>
    /// <param name="method">How weights are found; null for the same weight of each asset and the numeraire.</param>
    public TargetPlan(PortfolioBacktestSettings settings, IReadOnlyList<Asset> assets, AllocationMethod? method)
    {
        _settings = settings;
        _method = method;
        _assets = [.. assets];
        _prices = [.. assets.Select(_ => new List<double>())];
        _targets = method is null ? [.. Enumerable.Repeat(1d / (assets.Count + 1), assets.Count)] : null;
    }

    public string Name => _method switch
    {
        null => "equal-weight",
        AllocationMethod.Equal => "equal-invested",
        AllocationMethod.MinimumVariance => "minimum-variance",
        AllocationMethod.Tangency => "tangency",
        AllocationMethod.RiskParity => "risk-parity",
        AllocationMethod.HierarchicalRiskParity => "hrp",
        AllocationMethod.Utility => "utility",
        AllocationMethod.TargetReturn => "target-return",
        _ => "kelly",
    };

    public IReadOnlyList<PlannedConversion> Decide(PlanMoment moment)
    {
        // Prices of one instant only: one that lags would hide how assets move together.
        if (moment.Quotes.Any(quote => quote.Time != moment.Now))
        {
            return [];
        }

        decimal[] mids = [.. _assets.Select(asset => moment.Graph.Mid(asset, _settings.Numeraire) ?? 0)];
        if (mids.Contains(0))
        {
            return [];
        }

        Estimate(mids);
        return _targets is null ? [] : Rebalance(moment, mids);
    }

    private void Estimate(decimal[] mids)
    {
        if (_method is not { } method)
        {
            return;
        }

        for (int i = 0; i < mids.Length; i++)
        {
            _prices[i].Add((double)mids[i]);
            _prices[i].RemoveRange(0, Math.Max(_prices[i].Count - _settings.Lookback - 1, 0));
        }

        if (_prices[0].Count <= _settings.Lookback || _estimateLooks++ % _settings.EstimateEvery != 0)
        {
            return;
        }

        try
        {
            ReturnTable returns = ReturnTable.FromPrices([.. _assets.Select(asset => asset.Code)], [.. _prices.Select(row => row.ToArray())]);
            _targets = [.. AllocationPlan.Of(returns, _settings.Allocation with { Method = method }).Weights];
        }
        catch (PortfolioInputException) when (method is AllocationMethod.Tangency)
        {
            // Nothing has an expected return above 0: nothing is worth holding but the numeraire.
            _targets = new double[_assets.Length];
        }
    }

    private List<PlannedConversion> Rebalance(PlanMoment moment, decimal[] mids)
    {
        Dictionary<Asset, decimal> held = moment.Holdings.ToDictionary(holding => holding.Asset, holding => holding.Amount);
        decimal[] values = [.. _assets.Select((asset, i) => held.GetValueOrDefault(asset) * mids[i]), held.GetValueOrDefault(_settings.Numeraire)];
        decimal[] moves = _settings.Rebalance.Moves(values, [.. _targets!, Math.Max(1 - _targets!.Sum(), 0)]);
        List<PlannedConversion> conversions = [];
        foreach (bool isSale in (bool[])[true, false])
        {
            for (int i = 0; i < _assets.Length; i++)
            {
                Money from = isSale
                    ? new Money(Rounded(Math.Min(-moves[i] / mids[i], held.GetValueOrDefault(_assets[i]))), _assets[i])
                    : new Money(Rounded(moves[i]), _settings.Numeraire);
                Asset to = isSale ? _settings.Numeraire : _assets[i];
                if (from.Amount > 0 && moment.Graph.Best(from.Asset, to) is { } route)
                {
                    conversions.Add(new PlannedConversion(from, route));
                }
            }
        }

        return conversions;
    }

    private static decimal Rounded(decimal amount) => decimal.Round(amount, AmountDecimals, MidpointRounding.ToZero);
}

using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>Returns of several assets over the same periods: what means, covariances and correlations are taken from.</summary>
public sealed class ReturnTable
{
    private readonly double[,] _returns;

    /// <summary>Creates it.</summary>
    /// <param name="names">The assets, each once.</param>
    /// <param name="returns">A row for each period, a column for each asset, as fractions.</param>
    /// <exception cref="PortfolioInputException">There are less than two periods or no asset, the columns are not the names, or a return is not a number.</exception>
    public ReturnTable(IReadOnlyList<string> names, double[,] returns)
    {
        if (names.Count == 0 || names.Count != returns.GetLength(1) || returns.GetLength(0) < 2)
        {
            throw new PortfolioInputException(
                "returns", FormattableString.Invariant($"{returns.GetLength(0)} periods of {returns.GetLength(1)} assets, {names.Count} names"), "two or more periods, a column for each of one or more names");
        }

        foreach (double value in returns)
        {
            if (!double.IsFinite(value))
            {
                throw new PortfolioInputException("returns", value.ToString(CultureInfo.InvariantCulture), "finite numbers");
            }
        }

        Names = names;
        _returns = returns;
    }

    /// <summary>The assets.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of periods.</summary>
    public int Periods => _returns.GetLength(0);

    /// <summary>Number of assets.</summary>
    public int Assets => _returns.GetLength(1);

    /// <summary>The return of an asset in a period.</summary>
    public double this[int period, int asset] => _returns[period, asset];

    /// <summary>Simple returns from prices at the same instants.</summary>
    /// <param name="names">The assets.</param>
    /// <param name="prices">A row for each asset, oldest price first; all above 0 and of one length.</param>
    /// <exception cref="PortfolioInputException">The rows differ in length, hold less than three prices, or a price is not above 0.</exception>
    public static ReturnTable FromPrices(IReadOnlyList<string> names, IReadOnlyList<double[]> prices)
    {
        if (prices.Count == 0 || prices.Any(row => row.Length != prices[0].Length || row.Any(price => !(price > 0))))
        {
            throw new PortfolioInputException("prices", FormattableString.Invariant($"{prices.Count} rows"), "rows of one length with prices above 0");
        }

        double[,] returns = new double[Math.Max(prices[0].Length - 1, 0), prices.Count];
        for (int t = 0; t < returns.GetLength(0); t++)
        {
            for (int i = 0; i < prices.Count; i++)
            {
                returns[t, i] = (prices[i][t + 1] / prices[i][t]) - 1;
            }
        }

        return new ReturnTable(names, returns);
    }

    /// <summary>Mean return of each asset, per period.</summary>
    public double[] Means()
    {
        double[] means = new double[Assets];
        for (int i = 0; i < Assets; i++)
        {
            for (int t = 0; t < Periods; t++)
            {
                means[i] += _returns[t, i] / Periods;
            }
        }

        return means;
    }

    /// <summary>Returns less their means.</summary>
    internal double[,] Centered()
    {
        double[] means = Means();
        double[,] centered = new double[Periods, Assets];
        for (int t = 0; t < Periods; t++)
        {
            for (int i = 0; i < Assets; i++)
            {
                centered[t, i] = _returns[t, i] - means[i];
            }
        }

        return centered;
    }
}

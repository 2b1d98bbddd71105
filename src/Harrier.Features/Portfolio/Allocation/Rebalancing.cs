using System.Globalization;

namespace Harrier.Features.Portfolio.Allocation;

/// <summary>When and how far a portfolio goes back to its target weights.</summary>
public sealed record RebalanceRule
{
    /// <summary>How far a weight may be from its target before anything is traded, 0 to 1.</summary>
    /// <value>0.05.</value>
    public double Band { get; init; } = 0.05;

    /// <summary>Whether the band is a share of each target instead of an absolute weight.</summary>
    public bool IsRelative { get; init; }

    /// <summary>True to trade only to the edge of the band, which costs less and sells less at a gain; false to trade to the target.</summary>
    public bool ToEdge { get; init; }

    /// <summary>The most that is sold at once, as a share of the portfolio, above 0 and at most 1.</summary>
    /// <value>1.</value>
    public double MostTurnover { get; init; } = 1;

    /// <summary>What moves less than this in the numeraire is left alone.</summary>
    public decimal MinNotional { get; init; }

    /// <summary>What each asset should gain or lose, in the numeraire.</summary>
    /// <param name="values">Worth of each asset now, 0 or more; cash among them.</param>
    /// <param name="targets">Target weights that add up to 1.</param>
    /// <returns>An amount for each asset, above 0 to buy; they add up to 0 but for what is below the least notional. All 0 where each weight is within its band.</returns>
    /// <exception cref="PortfolioInputException">A number is out of range.</exception>
    public decimal[] Moves(IReadOnlyList<decimal> values, IReadOnlyList<double> targets)
    {
        Check(values, targets);
        decimal total = values.Sum();
        double[] weights = [.. values.Select(value => total > 0 ? (double)(value / total) : 0)];
        double[] bands = [.. targets.Select(target => IsRelative ? Band * target : Band)];
        if (total == 0 || !Enumerable.Range(0, values.Count).Any(i => Math.Abs(weights[i] - targets[i]) > bands[i]))
        {
            return new decimal[values.Count];
        }

        double[] aims = ToEdge ? Edges(weights, targets, bands) : [.. targets];
        double sold = Enumerable.Range(0, values.Count).Sum(i => Math.Max(weights[i] - aims[i], 0));
        double pace = sold > MostTurnover ? MostTurnover / sold : 1;
        return [.. aims.Select((aim, i) => (((decimal)aim * total) - values[i]) * (decimal)pace).Select(move => Math.Abs(move) < MinNotional ? 0 : move)];
    }

    // Each weight that is outside goes to the edge of its band; what is then left over or missing is spread in proportion to the room that each has to its other edge.
    private static double[] Edges(double[] weights, IReadOnlyList<double> targets, double[] bands)
    {
        double[] low = [.. targets.Select((target, i) => Math.Max(target - bands[i], 0))];
        double[] high = [.. targets.Select((target, i) => target + bands[i])];
        double[] aims = [.. weights.Select((weight, i) => Math.Clamp(weight, low[i], high[i]))];
        double surplus = 1 - aims.Sum();
        double[] room = [.. aims.Select((aim, i) => surplus > 0 ? high[i] - aim : aim - low[i])];
        double all = room.Sum();
        return [.. aims.Select((aim, i) => all > 0 ? aim + (surplus * room[i] / all) : aim)];
    }

    private void Check(IReadOnlyList<decimal> values, IReadOnlyList<double> targets)
    {
        if (values.Count != targets.Count || values.Any(value => value < 0) || targets.Any(target => !(target >= 0)) || Math.Abs(targets.Sum() - 1) > 1e-9)
        {
            throw new PortfolioInputException(
                "targets", string.Join(' ', targets.Select(target => target.ToString(CultureInfo.InvariantCulture))), "a weight of 0 or more for each value of 0 or more, 1 in all");
        }

        if (!(Band is >= 0 and <= 1 && MostTurnover > 0 && MostTurnover <= 1 && MinNotional >= 0))
        {
            throw new PortfolioInputException(
                "rebalance", FormattableString.Invariant($"band {Band}, turnover {MostTurnover}, notional {MinNotional}"), "a band from 0 to 1, a turnover above 0 and at most 1, a notional of 0 or more");
        }
    }
}

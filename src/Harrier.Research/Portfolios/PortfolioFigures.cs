using System.Globalization;
using Harrier.Research.Metrics;
using static Harrier.Research.Reports.FigureText;

namespace Harrier.Research.Portfolios;

/// <summary>The figures of one run.</summary>
public sealed record PortfolioFigures
{
    /// <summary>Names of the columns of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["plan", "final", "return", "annual", "volatility", "Sharpe", "Sortino", "max drawdown", "trades", "costs", "turnover"];

    /// <summary>Return of the whole time as a fraction.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>Compound return per year; null below 30 days.</summary>
    public required double? AnnualReturn { get; init; }

    /// <summary>Standard deviation of daily returns, per year.</summary>
    public required double? Volatility { get; init; }

    /// <summary>Sharpe ratio per year, with a risk-free rate of 0.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>Sortino ratio per year, with a target of 0.</summary>
    public required double? Sortino { get; init; }

    /// <summary>The deepest fall as a fraction; 0 for none.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>Computes them.</summary>
    public static PortfolioFigures Of(PortfolioRun run)
    {
        double[] daily = run.DailyReturns();
        double initial = (double)run.Equity.Settings.InitialEquity;
        return new PortfolioFigures
        {
            TotalReturn = run.TotalReturn,
            AnnualReturn = ReturnStatistics.AnnualReturn(initial, (double)run.FinalEquity, daily.Length),
            Volatility = ReturnStatistics.Volatility(daily),
            Sharpe = ReturnStatistics.Sharpe(daily),
            Sortino = ReturnStatistics.Sortino(daily),
            MaxDrawdown = run.Equity.MaxDrawdown?.Depth ?? 0,
        };
    }

    /// <summary>A run as texts under <see cref="Columns"/>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="currency">The numeraire.</param>
    public static string[] Row(PortfolioRun run, string currency)
    {
        PortfolioFigures figures = Of(run);
        return
        [
            run.Name, Money(run.FinalEquity, currency), Percent(figures.TotalReturn), Percent(figures.AnnualReturn), Percent(figures.Volatility), Number(figures.Sharpe), Number(figures.Sortino),
            Percent(figures.MaxDrawdown), run.Trades.Count.ToString(CultureInfo.InvariantCulture), Money(run.Costs, currency), run.Turnover is null ? "-" : Number(run.Turnover) + " x",
        ];
    }
}

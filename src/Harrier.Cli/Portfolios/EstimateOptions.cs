using System.CommandLine;
using Harrier.Cli.Backtests;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Features.Portfolio.Allocation;
using Harrier.Research.Portfolios;

namespace Harrier.Cli.Portfolios;

/// <summary>Returns that weights are estimated from.</summary>
/// <param name="Prices">The prices.</param>
/// <param name="Returns">Their returns.</param>
/// <param name="Numeraire">What prices are in.</param>
/// <param name="PeriodsPerYear">Bars of a year of 365 days.</param>
internal sealed record EstimateBasis(AlignedPrices Prices, ReturnTable Returns, Asset Numeraire, double PeriodsPerYear);

/// <summary>Which returns <c>portfolio allocate</c> and <c>portfolio frontier</c> estimate from.</summary>
internal sealed class EstimateOptions
{
    private readonly PortfolioDataOptions _data = new();
    private readonly Option<string?> _lookback = new("--lookback") { Description = "newest returns to estimate from, 2 to 100000 [all]" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command verb)
    {
        _data.AddTo(verb);
        verb.Options.Add(_lookback);
    }

    /// <summary>Reads options; faults are noted.</summary>
    public (PortfolioDataRequest Data, int Lookback) Read(ParseResult parsed, FaultList faults) =>
        (_data.Read(parsed, faults), faults.Try(() => parsed.GetValue(_lookback) is { } text ? AmountText.Whole("--lookback", text, 2, 100_000) : 100_000));

    /// <summary>Reads the bars.</summary>
    public static EstimateBasis Load((PortfolioDataRequest Data, int Lookback) request, CancellationToken stop)
    {
        using BacktestData data = request.Data.Open();
        Asset numeraire = request.Data.NumeraireOf(data.Series);
        AlignedPrices prices = AlignedPrices.Of(data.Series, numeraire, request.Lookback + 1, stop);
        return new EstimateBasis(prices, prices.Returns(), numeraire, TimeSpan.FromDays(365) / data.Series[0].Spec.Interval);
    }
}

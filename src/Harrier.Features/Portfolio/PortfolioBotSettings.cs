using System.Globalization;
using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>What the decisions of the portfolio bot depend on, with the ranges of guide 003's BotConfig. Ranges are checked by <see cref="Check"/>, whoever sets them.</summary>
public sealed record PortfolioBotSettings
{
    /// <summary>Most prices of a window.</summary>
    public const int LongestWindow = 1000;

    /// <summary>The largest risk score that is traded, 0 to 1, inclusive.</summary>
    /// <value>0.5.</value>
    public double RiskTolerance { get; init; } = 0.5;

    /// <summary>The least confidence that is traded, 0 to 1, inclusive.</summary>
    /// <value>0.7.</value>
    public double MinConfidence { get; init; } = 0.7;

    /// <summary>An expected return after costs must be above this fraction, 0 to 1.</summary>
    /// <value>0.001.</value>
    public double MinExpectedReturn { get; init; } = 0.001;

    /// <summary>Units of what is given in each trade, above 0; null for <see cref="TradeSizePercentage"/>.</summary>
    public decimal? TradeSizeAmount { get; init; }

    /// <summary>Fraction of a holding that a trade gives, 0.01 to 1, where <see cref="TradeSizeAmount"/> is null.</summary>
    /// <value>0.1.</value>
    public decimal TradeSizePercentage { get; init; } = 0.1m;

    /// <summary>Prices of a pair without which nothing is expected of it, 3 to 1000.</summary>
    /// <value>10.</value>
    public int VolatilityWindow { get; init; } = 10;

    /// <summary>What the expected return is taken from.</summary>
    /// <value>Momentum.</value>
    public ReturnModel Model { get; init; } = ReturnModel.Momentum;

    /// <summary>How long a trade is meant to be held: expected return and volatility are those of this time. Null for as long as the window of the pair spans.</summary>
    public TimeSpan? Horizon { get; init; }

    /// <summary>Fraction of the window's span in which half of the way to the mean is gone, above 0 and at most 10; for <see cref="ReturnModel.MeanReversion"/>.</summary>
    /// <value>0.2.</value>
    public double HalfLifeFraction { get; init; } = 0.2;

    /// <summary>Standard deviations that a step of a predictor's opinion stands for, above 0 and at most 10; for <see cref="ReturnModel.Predictor"/>.</summary>
    /// <value>1.25.</value>
    public double PredictorStep { get; init; } = 1.25;

    /// <summary>What each conversion costs besides the spread, as a fraction, 0 to 0.5.</summary>
    /// <value>0.</value>
    public decimal Fee { get; init; }

    /// <summary>Conversions that a route may have, 1 to 3.</summary>
    /// <value>3.</value>
    public int MostHops { get; init; } = RateGraph.MostHops;

    /// <summary>Quotes older than this are not traded on, above zero and at most a day.</summary>
    /// <value>60 s.</value>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The asset that everything is valued in.</summary>
    /// <value>USD.</value>
    public Asset Numeraire { get; init; } = new("USD");

    /// <summary>The least worth of a trade in the numeraire, 0 or more, inclusive.</summary>
    /// <value>1.</value>
    public decimal MinNotional { get; init; } = 1;

    /// <summary>What is never given of an asset, in its units; none where it is not named.</summary>
    public IReadOnlyDictionary<Asset, decimal> Reserves { get; init; } = new Dictionary<Asset, decimal>();

    /// <summary>Decimals that amounts of an asset are rounded down to, 0 to 18; 8 where it is not named.</summary>
    public IReadOnlyDictionary<Asset, int> Decimals { get; init; } = new Dictionary<Asset, int>();

    /// <summary>Throws for the first setting that is out of its range.</summary>
    /// <returns>These settings.</returns>
    /// <exception cref="PortfolioInputException">A setting is out of its range.</exception>
    public PortfolioBotSettings Check() => Faults().FirstOrDefault() is { } fault ? throw fault : this;

    /// <summary>Every setting that is out of its range.</summary>
    public IEnumerable<PortfolioInputException> Faults()
    {
        PortfolioInputException?[] faults =
        [
            InRange("risk_tolerance", RiskTolerance, 0, 1),
            InRange("min_confidence", MinConfidence, 0, 1),
            InRange("min_expected_return", MinExpectedReturn, 0, 1),
            Positive("trade_size_amount", TradeSizeAmount ?? 1),
            InRange("trade_size_percentage", (double)TradeSizePercentage, 0.01, 1),
            InRange("volatility_window", VolatilityWindow, 3, LongestWindow),
            Enum.IsDefined(Model) ? null : Fault("model", Model, "momentum, mean-reversion or predictor"),
            Positive("horizon", (Horizon ?? TimeSpan.FromSeconds(1)).Ticks),
            InRange("half_life_fraction", HalfLifeFraction, 0.001, 10),
            InRange("predictor_step", PredictorStep, 0.001, 10),
            InRange("fee", (double)Fee, 0, 0.5),
            InRange("most_hops", MostHops, 1, RateGraph.MostHops),
            InRange("stale_after", StaleAfter.TotalSeconds, 0.001, 86_400),
            Numeraire.Code.Length > 0 ? null : Fault("numeraire", "", "an asset such as USD"),
            MinNotional >= 0 ? null : Fault("min_notional", MinNotional, "0 or more"),
            .. Reserves.Where(reserve => reserve.Value < 0).Select(reserve => Fault("reserve", $"{reserve.Key} {reserve.Value.ToString(CultureInfo.InvariantCulture)}", "0 or more")),
            .. Decimals.Where(decimals => decimals.Value is < 0 or > 18).Select(decimals => Fault("decimals", $"{decimals.Key} {decimals.Value}", "0 to 18")),
        ];
        return faults.OfType<PortfolioInputException>();
    }

    /// <summary>What a trade gives of a holding: the fixed amount or the share, never more than is left above the reserve, rounded down.</summary>
    /// <param name="holding">What is held and free.</param>
    /// <returns>0 where nothing is left above the reserve.</returns>
    public decimal SizeOf(Money holding)
    {
        decimal free = Math.Max(holding.Amount - Reserves.GetValueOrDefault(holding.Asset), 0);
        decimal wanted = TradeSizeAmount ?? (holding.Amount * TradeSizePercentage);
        return decimal.Round(Math.Min(wanted, free), Decimals.GetValueOrDefault(holding.Asset, 8), MidpointRounding.ToZero);
    }

    private static PortfolioInputException? InRange(string field, double value, double least, double most) =>
        value >= least && value <= most ? null : Fault(field, value, FormattableString.Invariant($"a number from {least} to {most}"));

    private static PortfolioInputException? Positive(string field, decimal value) => value > 0 ? null : Fault(field, value, "a number above 0");

    private static PortfolioInputException Fault(string field, IFormattable value, string allowed) => Fault(field, value.ToString(null, CultureInfo.InvariantCulture), allowed);

    private static PortfolioInputException Fault(string field, string value, string allowed) => new(field, value, allowed);
}

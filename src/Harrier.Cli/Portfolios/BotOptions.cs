using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Cli.Portfolios;

/// <summary>The settings of the portfolio bot as options of a backtest, with the ranges of the running bot.</summary>
internal sealed class BotOptions
{
    private static readonly Dictionary<string, ReturnModel> Models = new() { ["momentum"] = ReturnModel.Momentum, ["mean-reversion"] = ReturnModel.MeanReversion };

    private readonly Option<string?> _risk = new("--risk-level") { Description = "largest risk score that is traded, 0 to 1 [0.5]" };
    private readonly Option<string?> _confidence = new("--min-confidence") { Description = "least confidence that is traded, 0 to 1 [0.7]" };
    private readonly Option<string?> _return = new("--min-return") { Description = "expected return after costs must be above it [0.001]" };
    private readonly Option<string?> _amount = new("--trade-size-amount") { Description = "units that each trade gives [none: the percentage]" };
    private readonly Option<string?> _percentage = new("--trade-size-percentage") { Description = "part of a holding that each trade gives, 0.01 to 1 [0.1]" };
    private readonly Option<string?> _window = new("--window") { Description = "prices that volatility and forecast are taken from, 3 to 1000 [10]" };
    private readonly Option<string?> _model = new("--model") { Description = "momentum or mean-reversion [momentum]" };
    private readonly Option<string?> _horizon = new("--horizon") { Description = "holding time that return and volatility are those of, such as 4h [as long as the window]" };
    private readonly Option<string?> _hops = new("--max-hops") { Description = "conversions that a route may have, 1 to 3 [3]" };
    private readonly Option<string?> _minNotional = new("--min-notional") { Description = "least worth of a trade in the numeraire [1]" };
    private readonly Option<string[]> _reserve = new("--reserve") { Description = "what is never given of an asset, BTC=0.1, repeatable" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_risk, _confidence, _return, _amount, _percentage, _window, _model, _horizon, _hops, _minNotional, _reserve])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them; faults are noted.</summary>
    public PortfolioBotSettings Read(ParseResult parsed, FaultList faults)
    {
        decimal Number(Option<string?> option, decimal usual, decimal least, decimal most) =>
            faults.Try(() => parsed.GetValue(option) is { } text ? OptionText.Decimal(option.Name, text, least, most) : usual);
        int Whole(Option<string?> option, int usual, int least, int most) =>
            faults.Try(() => parsed.GetValue(option) is { } text ? AmountText.Whole(option.Name, text, least, most) : usual);
        IReadOnlyList<Money> reserves = faults.Try(() => AmountText.Amounts("--reserve", parsed.GetValue(_reserve) ?? [])) ?? [];
        return new PortfolioBotSettings
        {
            RiskTolerance = (double)Number(_risk, 0.5m, 0, 1),
            MinConfidence = (double)Number(_confidence, 0.7m, 0, 1),
            MinExpectedReturn = (double)Number(_return, 0.001m, 0, 1),
            TradeSizeAmount = faults.Try<decimal?>(() => parsed.GetValue(_amount) is { } text ? OptionText.Positive("--trade-size-amount", text) : null),
            TradeSizePercentage = Number(_percentage, 0.1m, 0.01m, 1),
            VolatilityWindow = Whole(_window, 10, 3, PortfolioBotSettings.LongestWindow),
            Model = faults.Try(() => OptionText.Choice("--model", parsed.GetValue(_model) ?? "momentum", Models)),
            Horizon = faults.Try<TimeSpan?>(() => parsed.GetValue(_horizon) is { } text ? OptionText.Span("--horizon", text) : null),
            MostHops = Whole(_hops, RateGraph.MostHops, 1, RateGraph.MostHops),
            MinNotional = Number(_minNotional, 1, 0, 1_000_000_000),
            Reserves = reserves.ToDictionary(reserve => reserve.Asset, reserve => reserve.Amount),
        };
    }
}

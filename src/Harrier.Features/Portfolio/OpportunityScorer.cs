using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>Puts figures to one conversion: size, cost, expected return, confidence, risk and what the gates say.</summary>
/// <param name="settings">The settings.</param>
/// <param name="predictor">A learned model; null for none.</param>
/// <param name="graph">The quotes of this look.</param>
/// <param name="now">The time of this look.</param>
internal sealed class OpportunityScorer(PortfolioBotSettings settings, PairPredictor? predictor, RateGraph graph, Timestamp now)
{
    /// <summary>Scores a conversion.</summary>
    /// <param name="holding">What is held of the asset that would be given.</param>
    /// <param name="to">What would be received.</param>
    /// <param name="history">Prices of the pair.</param>
    /// <param name="isInverse">True when the history prices what is given in what is received.</param>
    /// <returns>Null where no quotes lead from one to the other, or to the numeraire.</returns>
    public TradeOpportunity? Score(Money holding, Asset to, PairHistory history, bool isInverse)
    {
        if (graph.Best(holding.Asset, to, settings.MostHops) is not { } route
            || graph.Mid(holding.Asset, to) is not { } mid
            || graph.Mid(holding.Asset, settings.Numeraire) is not { } fromPrice
            || graph.Mid(to, settings.Numeraire) is not { } toPrice)
        {
            return null;
        }

        // A route that looks better than the middle of the pair is at best free: the difference may be one quote that lags behind.
        double logCost = Math.Max(-Math.Log((double)(route.Rate / mid)), 0);
        ReturnForecast forecast = Forecast(holding.Asset, to, history, isInverse);
        double edge = forecast.Move - logCost;
        double expected = Math.Exp(edge) - 1;
        double confidence = forecast.Confidence(edge);
        double risk = PortfolioRisk.Score(expected, forecast.Volatility, confidence);
        decimal amount = settings.SizeOf(holding);
        return new TradeOpportunity
        {
            From = new Money(amount, holding.Asset),
            To = new Money(amount * route.Rate, to),
            Route = route,
            Direction = DirectionOf(route),
            Notional = amount * fromPrice,
            FromPrice = fromPrice,
            ToPrice = toPrice,
            GrossReturn = Math.Exp(forecast.Move) - 1,
            Cost = 1 - Math.Exp(-logCost),
            ExpectedReturn = expected,
            Volatility = forecast.Volatility,
            PriceVolatility = PortfolioRisk.Volatility(history.Prices, settings.VolatilityWindow),
            Confidence = confidence,
            Risk = risk,
            Score = PortfolioRisk.Rank(confidence, risk),
            Gates =
            [
                AtLeast(PortfolioGate.History, history.Count, settings.VolatilityWindow),
                AtMost(PortfolioGate.QuoteAge, (now - route.Oldest).TotalSeconds, settings.StaleAfter.TotalSeconds),
                Above(PortfolioGate.Size, (double)amount, 0),
                AtLeast(PortfolioGate.Notional, (double)(amount * fromPrice), (double)settings.MinNotional),
                .. Decisive(expected, confidence, risk),
            ],
        };
    }

    private IEnumerable<GateReading> Decisive(double expected, double confidence, double risk) =>
    [
        Above(PortfolioGate.ExpectedReturn, expected, settings.MinExpectedReturn),
        AtLeast(PortfolioGate.Confidence, confidence, settings.MinConfidence),
        AtMost(PortfolioGate.Risk, risk, settings.RiskTolerance),
    ];

    private ReturnForecast Forecast(Asset from, Asset to, PairHistory history, bool isInverse)
    {
        double horizon = settings.Horizon?.TotalSeconds ?? history.SpanSeconds;
        if (!history.IsReady || horizon <= 0)
        {
            return ReturnForecast.None;
        }

        if (settings.Model == ReturnModel.Predictor)
        {
            return ReturnForecast.Predicted(history, horizon, predictor?.StepsOf(to, from, now) ?? 0, settings.PredictorStep);
        }

        ReturnForecast forecast = settings.Model == ReturnModel.Momentum
            ? ReturnForecast.Momentum(history, horizon)
            : ReturnForecast.MeanReversion(history, horizon, settings.HalfLifeFraction * history.SpanSeconds);
        return isInverse ? forecast with { Move = -forecast.Move } : forecast;
    }

    private TradeDirection DirectionOf(ConversionRoute route) =>
        route.To == settings.Numeraire || (route.From != settings.Numeraire && graph.IsBase(route.From, route.To)) ? TradeDirection.Sell : TradeDirection.Buy;

    private static GateReading AtLeast(PortfolioGate gate, double value, double limit) => new(gate, value, limit, value >= limit);

    private static GateReading AtMost(PortfolioGate gate, double value, double limit) => new(gate, value, limit, value <= limit);

    private static GateReading Above(PortfolioGate gate, double value, double limit) => new(gate, value, limit, value > limit);
}

using Harrier.Features.OrderFlow;

namespace Harrier.Features.Portfolio;

/// <summary>What a model expects of a pair over the holding time, before costs.</summary>
/// <param name="Move">Expected log return.</param>
/// <param name="Volatility">Standard deviation of the log return over the same time.</param>
public readonly record struct ReturnForecast(double Move, double Volatility)
{
    /// <summary>Nothing is expected.</summary>
    public static ReturnForecast None => default;

    /// <summary>
    /// The drift of the window over the holding time, shrunk by max(0, 1 - 1/z²) where z is the move of the window over its volatility (the positive-part rule of
    /// James and Stein, 1961): a move within one standard deviation is noise, and nothing is expected of it.
    /// </summary>
    /// <param name="history">A full window.</param>
    /// <param name="horizon">The holding time in seconds, above 0.</param>
    public static ReturnForecast Momentum(PairHistory history, double horizon)
    {
        ArgumentNullException.ThrowIfNull(history);
        (double span, double second) = (history.SpanSeconds, history.SecondVolatility());
        if (second == 0 || span <= 0)
        {
            return None;
        }

        double move = history.LogMove();
        double noise = second * Math.Sqrt(span);
        double shrinkage = Math.Max(1 - (noise * noise / (move * move)), 0);
        return new ReturnForecast(move * shrinkage * horizon / span, second * Math.Sqrt(horizon));
    }

    /// <summary>
    /// The way back to the mean of the window, of which half is gone after each half-life (the Ornstein-Uhlenbeck process): distance x (1 - e^(-kt)) with volatility
    /// s √((1 - e^(-2kt)) / 2k), k = ln 2 / half-life.
    /// </summary>
    /// <param name="history">A full window.</param>
    /// <param name="horizon">The holding time in seconds, above 0.</param>
    /// <param name="halfLife">Seconds, above 0.</param>
    public static ReturnForecast MeanReversion(PairHistory history, double horizon, double halfLife)
    {
        ArgumentNullException.ThrowIfNull(history);
        double second = history.SecondVolatility();
        if (second == 0)
        {
            return None;
        }

        double speed = Math.Log(2) / halfLife;
        return new ReturnForecast(
            history.LogDistanceToMean() * (1 - Math.Exp(-speed * horizon)),
            second * Math.Sqrt((1 - Math.Exp(-2 * speed * horizon)) / (2 * speed)));
    }

    /// <summary>What a learned model says, as standard deviations of the holding time: it tells a direction and how sure it is, not a size.</summary>
    /// <param name="history">A full window.</param>
    /// <param name="horizon">The holding time in seconds, above 0.</param>
    /// <param name="steps">-2 for a strong sale to 2 for a strong purchase.</param>
    /// <param name="step">Standard deviations that a step stands for.</param>
    public static ReturnForecast Predicted(PairHistory history, double horizon, int steps, double step)
    {
        ArgumentNullException.ThrowIfNull(history);
        double volatility = history.SecondVolatility() * Math.Sqrt(horizon);
        return new ReturnForecast(steps * step * volatility, volatility);
    }

    /// <summary>Probability that what is left after costs is above 0: Phi(edge / volatility).</summary>
    /// <param name="edge">Expected log return less costs.</param>
    /// <returns>0 to 1; 0 where nothing is known of the volatility.</returns>
    public double Confidence(double edge) => Volatility > 0 ? NormalDistribution.Cumulative(edge / Volatility) : 0;
}

using Harrier.Engine.Strategies;

namespace Harrier.Strategies;

/// <summary>What one source says about the direction of the price.</summary>
/// <param name="Direction">1 up, -1 down, 0 neither.</param>
/// <param name="Strength">How sure it is, 0 to 1.</param>
public readonly record struct HybridVote(int Direction, double Strength);

/// <summary>The readings that the technical half of <see cref="Hybrid"/> judges.</summary>
/// <param name="Rsi">Relative strength index, 0 to 100.</param>
/// <param name="Histogram">MACD line minus its signal line.</param>
/// <param name="Close">Last price.</param>
/// <param name="LowerBand">Lower Bollinger band.</param>
/// <param name="UpperBand">Upper Bollinger band.</param>
/// <param name="Trend">Fast minus slow moving average.</param>
public readonly record struct TechnicalReadings(double Rsi, double Histogram, double Close, double LowerBand, double UpperBand, double Trend)
{
    /// <summary>
    /// Points for buying and selling over all points at stake. RSI below 30 or above 70 counts 2, below 40 or above 60 counts 1, and a close
    /// outside the bands 2; the signs of histogram and trend count 1. A reading that says nothing still puts 1 point at stake.
    /// </summary>
    public HybridVote Vote()
    {
        int rsi = Rsi switch { < 30 => 2, < 40 => 1, > 70 => -2, > 60 => -1, _ => 0 };
        int bands = Close < LowerBand ? 2 : Close > UpperBand ? -2 : 0;
        int balance = rsi + bands + Math.Sign(Histogram) + Math.Sign(Trend);
        int stake = Math.Max(Math.Abs(rsi), 1) + Math.Max(Math.Abs(bands), 1) + 2;
        return new HybridVote(Math.Sign(balance), Math.Abs(balance) / (double)stake);
    }
}

/// <summary>What <see cref="Hybrid"/> makes of a technical vote and a model's prediction.</summary>
/// <param name="Side">BUY, SELL or HOLD.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="UsesPrediction">True when the prediction was sure enough to count.</param>
public readonly record struct HybridDecision(SignalSide Side, double Confidence, bool UsesPrediction)
{
    /// <summary>Confidence from which on a signal is traded.</summary>
    public const double TradeThreshold = 0.5;

    private const double PredictionThreshold = 0.6;
    private const double PredictionWeight = 0.6;
    private const double TechnicalWeight = 0.4;
    private const double SignalThreshold = 0.3;

    /// <summary>True when the signal is to be traded.</summary>
    /// <param name="threshold">Confidence from which on it is, 0 to 1.</param>
    public bool IsTradable(double threshold = TradeThreshold) => Side != SignalSide.Hold && Confidence >= threshold;

    /// <summary>
    /// The technical vote as it is when there is no prediction or one of less than 0.6; otherwise 0.6 of the prediction plus 0.4 of the
    /// vote, which is a signal beyond 0.3.
    /// </summary>
    public static HybridDecision Combine(HybridVote technical, HybridVote? prediction)
    {
        if (prediction is not { Strength: >= PredictionThreshold } sure)
        {
            return new HybridDecision(SideOf(technical.Direction), technical.Strength, false);
        }

        double sum = (PredictionWeight * sure.Direction * sure.Strength) + (TechnicalWeight * technical.Direction * technical.Strength);
        return new HybridDecision(SideOf(Math.Abs(sum) > SignalThreshold ? Math.Sign(sum) : 0), Math.Min(Math.Abs(sum), 1), true);
    }

    private static SignalSide SideOf(int direction) => direction switch
    {
        > 0 => SignalSide.Buy,
        < 0 => SignalSide.Sell,
        _ => SignalSide.Hold,
    };
}

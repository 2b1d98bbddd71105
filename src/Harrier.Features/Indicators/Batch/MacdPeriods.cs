namespace Harrier.Features.Indicators.Batch;

/// <summary>The three periods of a MACD.</summary>
/// <param name="Fast">Of the fast EMA.</param>
/// <param name="Slow">Of the slow EMA.</param>
/// <param name="Signal">Of the signal line.</param>
public sealed record MacdPeriods(int Fast = 12, int Slow = 26, int Signal = 9);

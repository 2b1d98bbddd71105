using Harrier.Domain;
using Harrier.Research.Metrics;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Performance;

/// <summary>
/// How well bots did, from their records: ended positions net of fees and funding, and equity at the mark minute by minute. Money in quote currency, ratios as
/// fractions; undefined is null.
/// </summary>
public sealed record PerformanceSnapshot
{
    /// <summary>When it was taken.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>What was paid in; 0 before the first minute was kept.</summary>
    public required decimal PaidIn { get; init; }

    /// <summary>What it is worth, open positions at the mark.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Equity less what was paid in.</summary>
    public decimal Pnl => Equity - PaidIn;

    /// <summary>Positions that ended.</summary>
    public required int Trades { get; init; }

    /// <summary>Those with a profit.</summary>
    public required int Wins { get; init; }

    /// <summary>Those with a loss.</summary>
    public required int Losses { get; init; }

    /// <summary>Those with neither.</summary>
    public int Breakeven => Trades - Wins - Losses;

    /// <summary>Wins of all trades; null without trades.</summary>
    public required double? WinRate { get; init; }

    /// <summary>Profit and loss of the ended positions.</summary>
    public required decimal ClosedPnl { get; init; }

    /// <summary>Fees of the ended positions.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Mean of the wins; null without one.</summary>
    public required decimal? AverageWin { get; init; }

    /// <summary>Mean of the losses, below 0; null without one.</summary>
    public required decimal? AverageLoss { get; init; }

    /// <summary>Sum of wins over sum of losses; null without a loss.</summary>
    public required double? ProfitFactor { get; init; }

    /// <summary>Mean of all; null without trades.</summary>
    public required decimal? Expectancy { get; init; }

    /// <summary>Mean time from entry to exit, in minutes; null without trades.</summary>
    public required double? AverageTradeMinutes { get; init; }

    /// <summary>Largest fall of the equity from a peak, of the peak.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>The present fall from the peak.</summary>
    public required double CurrentDrawdown { get; init; }

    /// <summary>Sharpe ratio of daily returns by the UTC day, risk-free rate 0, root of 365; null below two days.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>The snapshot of records.</summary>
    /// <param name="trades">Ended positions.</param>
    /// <param name="equity">Minutes, oldest first, of the same bots.</param>
    /// <param name="now">The time.</param>
    public static PerformanceSnapshot Of(IReadOnlyList<TradeRow> trades, IReadOnlyList<EquityRow> equity, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentNullException.ThrowIfNull(equity);
        EquityCurve curve = EquityCurve.Of(equity);
        RoundTrip[] trips = [.. trades.Select(TripOf)];
        (decimal largest, decimal present) = curve.Drawdown;
        return new PerformanceSnapshot
        {
            Time = now,
            PaidIn = curve.PaidIn,
            Equity = curve.Equity,
            Trades = trips.Length,
            Wins = trips.Count(static trip => trip.Pnl > 0),
            Losses = trips.Count(static trip => trip.Pnl < 0),
            WinRate = TradeStatistics.WinRate(trips),
            ClosedPnl = trips.Sum(static trip => trip.Pnl),
            Fees = trips.Sum(static trip => trip.Fees),
            AverageWin = TradeStatistics.AverageWin(trips),
            AverageLoss = TradeStatistics.AverageLoss(trips),
            ProfitFactor = TradeStatistics.ProfitFactor(trips),
            Expectancy = TradeStatistics.Expectancy(trips),
            AverageTradeMinutes = TradeStatistics.AverageMinutes(trips),
            MaxDrawdown = (double)largest,
            CurrentDrawdown = (double)present,
            Sharpe = ReturnStatistics.Sharpe(curve.DailyReturns()),
        };
    }

    // Whose and of what does not matter to statistics; why it ended neither.
    private static RoundTrip TripOf(TradeRow row) => new()
    {
        Id = (int)row.Number,
        Bot = default,
        Instrument = default,
        IsLong = row.Side == "long",
        EntryTime = row.EntryTime,
        ExitTime = row.ExitTime,
        EntryPrice = row.EntryPrice,
        ExitPrice = row.ExitPrice,
        Quantity = row.Quantity,
        Fees = row.Fees,
        Funding = row.Funding,
        Pnl = row.Pnl,
        InitialRisk = row.InitialRisk,
        ExitReason = OrderPurpose.Signal,
    };
}

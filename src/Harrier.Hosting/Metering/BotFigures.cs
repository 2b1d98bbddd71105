using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Metering;

/// <summary>The highest that a bot was worth, how far it fell from there, and how often it lost in a row.</summary>
/// <param name="balance">What was paid in: the first peak, so that a first loss is a drawdown.</param>
internal sealed class BotFigures(decimal balance)
{
    private decimal _peak = balance;

    /// <value>Largest fall from a peak as a fraction of it.</value>
    public decimal MaxDrawdown { get; private set; }

    /// <value>Losses since the last profit; a position that ended even is neither.</value>
    public int LossesInARow { get; private set; }

    public void Worth(decimal equity)
    {
        _peak = Math.Max(_peak, equity);
        MaxDrawdown = _peak > 0 ? Math.Max(MaxDrawdown, (_peak - equity) / _peak) : MaxDrawdown;
    }

    public void Ended(decimal pnl) => LossesInARow = pnl < 0 ? LossesInARow + 1 : pnl > 0 ? 0 : LossesInARow;

    public void Remember(IReadOnlyList<EquityRow> worth, IReadOnlyList<TradeRow> trades)
    {
        foreach (EquityRow row in worth)
        {
            Worth(row.Equity);
        }

        foreach (TradeRow trade in trades)
        {
            Ended(trade.Pnl);
        }
    }
}

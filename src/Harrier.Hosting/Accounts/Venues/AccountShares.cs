using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// Divides what happened to the account as a whole, such as a liquidation or a sale by hand, among its bots: a position that shrinks is taken from those who hold it, in the order of
/// the bots, and what is left over goes to the first that trades the instrument. What nobody trades concerns nobody.
/// </summary>
internal static class AccountShares
{
    private const int FeeDecimals = 8;

    /// <summary>One report for each bot that has a part; none when it was divided before.</summary>
    public static IReadOnlyList<ExecutionReport> Of(in ExecutionReport report, TradingAccount account)
    {
        if (account.Engine.Orders.HasTrade(report.Instrument, report.TradeId))
        {
            return [];
        }

        List<(BotId Bot, long Lots)> parts = Divide(in report, account);
        List<ExecutionReport> reports = [];
        (long lots, decimal fee) = (0, 0);
        foreach ((BotId bot, long part) in parts)
        {
            // The first has the id of the whole, by which a repetition is known.
            lots += part;
            decimal upTo = lots == report.Size.Value ? report.Fee : decimal.Round(report.Fee * lots / report.Size.Value, FeeDecimals);
            reports.Add(report with
            {
                Bot = bot,
                Size = new SizeLots(part),
                Fee = upTo - fee,
                TradeId = reports.Count == 0 ? report.TradeId : VenueTradeId.Derive($"part {report.TradeId} {bot}"),
            });
            fee = upTo;
        }

        return reports;
    }

    private static List<(BotId Bot, long Lots)> Divide(in ExecutionReport report, TradingAccount account)
    {
        string symbol = account.Plan.Instruments[report.Instrument.Index].Symbol;
        List<(BotId Bot, long Lots)> parts = [];
        BotId? first = null;
        long left = report.Size.Value;
        for (int i = 0; i < account.Plan.Settings.Bots.Count; i++)
        {
            if (account.Plan.Settings.Bots[i] is not { IsRemoved: false } bot || bot.Symbol != symbol)
            {
                continue;
            }

            first ??= new BotId(i);
            long held = account.Engine.Portfolio.Position(new BotId(i), report.Instrument).Size.Value;
            long given = Math.Min(left, Math.Max(0, report.Side == OrderSide.Sell ? held : -held));
            if (given > 0)
            {
                parts.Add((new BotId(i), given));
                left -= given;
            }
        }

        if (left > 0 && first is { } taker)
        {
            int place = parts.FindIndex(part => part.Bot == taker);
            if (place >= 0)
            {
                parts[place] = (taker, parts[place].Lots + left);
            }
            else
            {
                parts.Add((taker, left));
            }
        }

        return parts;
    }
}

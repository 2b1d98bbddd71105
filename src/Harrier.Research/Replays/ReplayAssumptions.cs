using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;

namespace Harrier.Research.Replays;

/// <summary>Writes down everything a result on trades and books depends on besides the data.</summary>
public static class ReplayAssumptions
{
    /// <summary>All assumptions in the order in which to print them.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Describe(BacktestSettings settings, ReplayInput input)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        FillOptions costs = settings.Fills;
        BookFillOptions fills = input.Settings.Fills;
        string feed = input.Settings.FeedMilliseconds is { } constant
            ? FormattableString.Invariant($"constant, {constant} ms")
            : "as recorded: receive time less exchange time, 0 where that is negative";
        List<KeyValuePair<string, object?>> list =
        [
            new("resolution", fills.HasBook ? "book" : "ticks"),
            new("market", input.Tape.Instruments[0].Kind == InstrumentKind.Spot ? "spot" : "perp"),
            new("initial_balance", settings.InitialBalance),
            new("leverage", costs.Leverage),
            new("maker_fee_bps", costs.MakerFeeRate * 10_000),
            new("taker_fee_bps", costs.TakerFeeRate * 10_000),
            new("slippage", fills.HasBook ? "none: takers walk the book as it stands when they arrive" : costs.Slippage.ToString()),
            new("feed_latency", feed),
            new("order_entry_latency", fills.Entry.ToString()),
            new("response_latency", fills.Response.ToString()),
            new("matching", "against the book and trades of the exchange's time"),
            new("queue_model", fills.HasBook ? fills.Queue.ToString() : "none: resting limits fill when the price trades through them by a tick"),
            new("own_fills", fills.HasBook ? "what we took of a level is gone until the venue speaks of the level again" : "have no influence"),
            new("unverified_book", fills.HasBook ? "nothing fills; orders wait for the next snapshot" : "no book"),
            new("triggers", "by the last trade, at the venue"),
            new("margin_price", "mark price where recorded, the last trade otherwise"),
            new("funding", "as recorded; none where the recording has none"),
            new("bars", $"{input.Bars.Series[0].Spec}, made of the trades; closed when the first event of a later exchange time reaches us"),
            new("sizing", $"{settings.Sizing.Method} {settings.Sizing.Amount}"),
            new("stop_loss", settings.Protection.StopLoss),
            new("take_profit", settings.Protection.TakeProfit),
            new("trailing_stop", settings.Protection.TrailingStop),
            new("time_stop_minutes", settings.Protection.TimeStop?.TotalMinutes),
            new("min_confidence", settings.MinConfidence),
            new("end_of_data", "open positions are closed as a taker against the last book, beyond it at the last price and slippage"),
            new("seed", settings.Seed),
            new("strategy_source", settings.StrategySourceHash ?? "built in"),
        ];
        list.AddRange(RulesText.Of(settings));
        foreach (Instrument instrument in input.Tape.Instruments)
        {
            InstrumentDefinition definition = instrument.Definition;
            list.Add(new($"grid_{instrument.Symbol}", $"tick {definition.TickSize}, lot {definition.LotSize}, min notional {definition.MinNotional}"));
        }

        return list;
    }
}

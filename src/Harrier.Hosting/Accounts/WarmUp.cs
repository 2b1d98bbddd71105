using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.History;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// Feeds a new account with the past, so that its indicators need not wait for the future. Strategies see the
/// bars, and what they wish for meanwhile is no order.
/// </summary>
/// <param name="history">The venue's past.</param>
/// <param name="plan">The account.</param>
public sealed class WarmUp(IMarketHistory history, AccountPlan plan)
{
    // Beyond what a strategy says it needs, for the bars that a quiet market leaves out.
    private const int Spare = 20;
    private const int MostBars = 5000;

    /// <summary>Asks for the bars.</summary>
    /// <param name="bots">For which bots.</param>
    /// <param name="warn">Told what could not be had; the bots then wait for live bars instead.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Closed bars by close time, then instrument.</returns>
    public async Task<IReadOnlyList<Bar>> FetchAsync(IReadOnlyList<BotSettings> bots, Action<string> warn, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bots);
        ArgumentNullException.ThrowIfNull(warn);
        HistoryAnswer<Timestamp> time = await history.TimeAsync(cancellation).ConfigureAwait(false);
        if (!time.IsOk)
        {
            warn($"no warm-up: {time.Fault.Message}");
            return [];
        }

        List<Bar> bars = [];
        foreach (Instrument instrument in plan.Instruments)
        {
            BotSettings[] waiting = [.. bots.Where(bot => bot.Symbol == instrument.Symbol)];
            if (waiting.Length == 0)
            {
                continue;
            }

            BarSpec interval = plan.IntervalOf(instrument);
            if (!history.Intervals.Contains(interval))
            {
                warn($"no warm-up of {instrument.Symbol}: {history.Venue} has no bars of {interval}; its bots wait for live ones");
                continue;
            }

            bars.AddRange(await FetchAsync(instrument, waiting, (time.Value, warn), cancellation).ConfigureAwait(false));
        }

        return [.. bars.OrderBy(static bar => bar.CloseTime.Nanos).ThenBy(static bar => bar.Instrument.Index)];
    }

    /// <summary>Feeds bars to an account, which sends and refuses nothing meanwhile.</summary>
    public static void Feed(TradingAccount account, IReadOnlyList<Bar> bars)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(bars);
        if (bars.Count == 0)
        {
            return;
        }

        account.Handle(new OperatorCommand(OperatorAction.BeginWarmUp, default, OrderPurpose.Signal, bars[0].OpenTime));
        foreach (Bar bar in bars)
        {
            account.Handle(in bar);
        }

        account.Handle(new OperatorCommand(OperatorAction.EndWarmUp, default, OrderPurpose.Signal, bars[^1].CloseTime));
    }

    private async Task<IReadOnlyList<Bar>> FetchAsync(Instrument instrument, BotSettings[] bots, (Timestamp Now, Action<string> Warn) run, CancellationToken cancellation)
    {
        BarSpec interval = plan.IntervalOf(instrument);
        int count = Math.Min(MostBars, bots.Max(bot => bot.Strategy.Strategy.WarmUpOn(interval.Interval)) + Spare);
        Timestamp end = interval.BucketStart(run.Now);
        Timestamp from = new(end.Nanos - (count * interval.IntervalNanos));
        List<Bar> bars = [];
        while (from < end)
        {
            HistoryAnswer<HistoryPage<HistoricalBar>> page = await history.BarsAsync(new BarHistoryQuery(instrument.Symbol, interval, from, end), cancellation).ConfigureAwait(false);
            if (!page.IsOk)
            {
                run.Warn($"no warm-up of {instrument.Symbol}: {page.Fault.Message}");
                return [];
            }

            bars.AddRange(page.Value.Rows.Where(row => row.OpenTime < end).Select(row => OnGrid(in row, instrument, interval)));
            from = page.Value.Until > from ? page.Value.Until : end;
        }

        return bars;
    }

    private static Bar OnGrid(in HistoricalBar row, Instrument instrument, BarSpec interval) => new()
    {
        OpenTime = row.OpenTime,
        Open = instrument.ToTicks(row.Open),
        High = instrument.ToTicks(row.High),
        Low = instrument.ToTicks(row.Low),
        Close = instrument.ToTicks(row.Close),
        Volume = (double)row.Volume,
        QuoteVolume = row.QuoteVolume is { } quote ? (double)quote : double.NaN,
        TakerBuyVolume = row.TakerBuyVolume is { } bought ? (double)bought : double.NaN,
        TradeCount = row.TradeCount is { } trades ? (int)Math.Min(trades, int.MaxValue) : -1,
        Spec = interval,
        Instrument = instrument.Id,
    };
}

using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Exchanges.Feeds;

namespace Harrier.Hosting.Accounts;

/// <summary>Takes what the feeds of an account brought: makes bars of the trades, and hands on what the account hears besides.</summary>
/// <param name="account">The account.</param>
/// <param name="feeds">Its feeds.</param>
/// <param name="bars">Makes its bars.</param>
internal sealed class MarketIntake(TradingAccount account, AccountFeeds feeds, LiveBars bars)
{
    // Time, orders and reports are not kept waiting by a market that is quicker than the account.
    private const int MostAtOnce = 10_000;

    private TimeSpan _lag;

    /// <summary>True when market events are inputs, not only bars made of them.</summary>
    public bool IsFine => account.Plan.Settings.Resolution > MarketResolution.Bars;

    /// <summary>The books of the account are from another time: they must not be believed until the feed has brought new ones.</summary>
    public void Begin(Timestamp now)
    {
        foreach (Instrument instrument in account.Plan.Instruments)
        {
            if (IsFine)
            {
                account.Handle(new FeedFault(instrument.Id, now));
            }
        }
    }

    /// <summary>Takes what is there.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="probe">Told of trades; null when nobody is.</param>
    /// <returns>The bars that are closed by now and were not handled yet, by close time, then instrument.</returns>
    public IReadOnlyList<Bar> Take(Timestamp now, IAccountProbe? probe)
    {
        feeds.ForgetNews();
        for (int i = 0; i < MostAtOnce && feeds.TryRead(out FeedItem item); i++)
        {
            Show(in item, probe);
            if (item.IsFault)
            {
                account.Handle(item.Fault);
            }
            else
            {
                Say(item.Event.ReceivedTime, probe);
                Hear(item.Event, now, probe);
            }
        }

        Say(null, probe);
        account.Settle();
        return bars.Take(now);
    }

    /// <summary>What comes while the account does not trade is left out, as it is while the program does not run. A book cannot be left out in part: it waits.</summary>
    /// <param name="probe">Told of books, which others read all the same; null when nobody is.</param>
    public void Skip(IAccountProbe? probe)
    {
        while (!IsFine && feeds.TryRead(out FeedItem item))
        {
            Show(in item, probe);
        }
    }

    private static void Show(in FeedItem item, IAccountProbe? probe)
    {
        if (item.IsFault)
        {
            probe?.OnBookLost(item.Fault);
        }
        else if (item.Event.Kind is MarketEventKind.BookLevel or MarketEventKind.BookClear)
        {
            probe?.OnBook(item.Event);
        }
    }

    /// <summary>How old the oldest trade was that was taken since the last call.</summary>
    public TimeSpan TakeLag()
    {
        TimeSpan lag = _lag;
        _lag = TimeSpan.Zero;
        return lag;
    }

    // Of what led to an order, whoever sends it measures the way.
    private void Say(Timestamp? heard, IAccountProbe? probe)
    {
        if (feeds.Venue is { } link)
        {
            (link.Inputs.Heard, link.Inputs.Probe) = (heard, probe);
        }
    }

    private void Hear(in MarketEvent heard, Timestamp now, IAccountProbe? probe)
    {
        if (heard.Kind == MarketEventKind.Trade)
        {
            TimeSpan age = now - heard.ReceivedTime;
            _lag = age > _lag ? age : _lag;
            probe?.OnTrade(in heard, age);
            bars.Add(in heard);
        }

        if (!account.Plan.Hears(heard.Kind))
        {
            return;
        }

        if (IsFine)
        {
            // A bar that the trade ends comes before it.
            foreach (Bar bar in bars.Take())
            {
                account.Handle(in bar);
            }
        }

        account.Handle(in heard);
    }
}

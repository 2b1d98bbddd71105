using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Strategies;

/// <content>Features on trades, books and time.</content>
public sealed partial class FeatureSet
{
    /// <summary>Timers with this bot belong to features; their numbers are the features' places in the order in which they were asked for.</summary>
    internal static readonly BotId ClockOwner = new(-1);

    /// <summary>The least resolution at which all features that were asked for are fed.</summary>
    public MarketResolution Resolution =>
        Array.Exists(_feeds, static feeds => feeds.Books.Length > 0 || feeds.Detectors.Length > 0) || _market.HasFollowers ? MarketResolution.Book
        : Array.Exists(_feeds, static feeds => feeds.Trades.Length > 0 || feeds.HasClocks) ? MarketResolution.Ticks
        : MarketResolution.Bars;

    /// <summary>The tape of an instrument.</summary>
    public TradeFlow TradeFlow(InstrumentId instrument) => Share(instrument, "tradeflow", () => new TradeFlow(_table[instrument]));

    /// <summary>The book of an instrument and what it did lately.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">What is remembered; the usual where nothing is said.</param>
    public BookFeatures Book(InstrumentId instrument, BookFeatureSettings? settings = null)
    {
        settings ??= new BookFeatureSettings();
        return Share(instrument, $"book:{settings}", () => new BookFeatures(_table[instrument], new BookSource(_market, instrument), settings));
    }

    /// <summary>The walls in the book of an instrument; their events come to <see cref="Strategy.OnDensity"/>.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">What counts as a wall; the usual where nothing is said.</param>
    public DensityDetector Density(InstrumentId instrument, DensitySettings? settings = null)
    {
        settings ??= new DensitySettings();
        return Share(instrument, $"density:{settings}", () => new DensityDetector(_table[instrument], settings));
    }

    /// <summary>How active the market of an instrument is.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">How it is measured; the usual where nothing is said.</param>
    public ActivityTracker Activity(InstrumentId instrument, ActivitySettings? settings = null)
    {
        settings ??= new ActivitySettings();
        TradeFlow flow = TradeFlow(instrument);
        return Share(instrument, $"activity:{settings}", () => new ActivityTracker(flow, settings));
    }

    internal void OnTrade(in MarketEvent trade)
    {
        Feeds feeds = _feeds[trade.Instrument.Index];
        SetClocks(feeds);
        foreach (ITradeFeature feature in feeds.Trades)
        {
            feature.OnTrade(in trade);
        }
    }

    internal void OnBook(InstrumentId instrument, OrderBook book)
    {
        Feeds feeds = _feeds[instrument.Index];
        SetClocks(feeds);
        foreach (IBookFeature feature in feeds.Books)
        {
            feature.OnBook(book, _time.Now);
        }
    }

    internal void OnBookLost(InstrumentId instrument)
    {
        foreach (IBookFeature feature in _feeds[instrument.Index].Books)
        {
            feature.OnBookLost(_time.Now);
        }
    }

    /// <summary>The detectors of an instrument; what the last message brought is with them.</summary>
    internal ReadOnlySpan<DensityDetector> Detectors(InstrumentId instrument) => _feeds[instrument.Index].Detectors;

    /// <summary>The timer of a feature is due.</summary>
    internal void OnClock(int number)
    {
        IClockFeature clock = (IClockFeature)_entries[number].Feature;
        clock.OnClock(_time.Now);
        SetClock(number, clock);
    }

    private void SetClocks(Feeds feeds)
    {
        if (feeds.AreClocksSet || !feeds.HasClocks)
        {
            return;
        }

        feeds.AreClocksSet = true;
        foreach ((int number, IClockFeature clock) in feeds.Clocks)
        {
            SetClock(number, clock);
        }
    }

    private void SetClock(int number, IClockFeature clock) => _time.SetBotTimer(ClockOwner, number, Cadence.Next(_time.Now, clock.Cadence));
}

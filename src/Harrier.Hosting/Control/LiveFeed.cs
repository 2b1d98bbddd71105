using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Markets;

namespace Harrier.Hosting.Control;

/// <summary>What a strategy of a bot thinks, other than to hold.</summary>
/// <param name="Time">Close of the bar.</param>
/// <param name="Account">Account of the bot.</param>
/// <param name="Bot">The bot.</param>
/// <param name="Symbol">What it trades.</param>
/// <param name="Strategy">Key of its strategy.</param>
/// <param name="Signal">Side and confidence.</param>
public sealed record BotSignal(Timestamp Time, string Account, string Bot, string Symbol, string Strategy, Signal Signal);

/// <summary>A trade of the market, as bots saw it.</summary>
/// <param name="Account">Which account told it.</param>
/// <param name="Instrument">Of what.</param>
/// <param name="Event">The trade, in ticks and lots of the instrument.</param>
public sealed record MarketTrade(string Account, Instrument Instrument, MarketEvent Event)
{
    /// <summary>Whose market.</summary>
    public VenueId Venue => Instrument.Definition.Venue;

    /// <summary>The venue's symbol.</summary>
    public string Symbol => Instrument.Symbol;

    /// <summary>Price in quote currency.</summary>
    public decimal Price => Instrument.ToDecimal(Event.Price);

    /// <summary>Quantity in base currency.</summary>
    public decimal Quantity => Instrument.ToDecimal(Event.Size);
}

/// <summary>Signals and trades of a run on their way to whoever listens; where nobody does they cost nothing. Listeners are called on the account's thread and return at once.</summary>
public sealed class LiveFeed
{
    /// <summary>Told every signal.</summary>
    public event Action<BotSignal>? Signaled;

    /// <summary>Told every trade of the markets of the run. Accounts with the same market tell the same trade each.</summary>
    public event Action<MarketTrade>? Traded;

    /// <summary>Told every step of every order.</summary>
    public event Action<BotOrder>? Ordered;

    /// <summary>Told what came out of a scan of markets: a JSON object.</summary>
    public event Action<string>? Scanned;

    /// <summary>Told every change of the books of the run, and its trades between them. Accounts with the same market tell the same each.</summary>
    public event Action<BookChange>? Booked;

    /// <summary>True where somebody listens to orders.</summary>
    internal bool HearsOrders => Ordered is not null;

    /// <summary>Tells a trade.</summary>
    public void Tell(string account, Instrument instrument, in MarketEvent trade)
    {
        TellBook(account, instrument, in trade);
        if (Traded is { } listeners)
        {
            listeners(new MarketTrade(account, instrument, trade));
        }
    }

    /// <summary>Tells a change of a book.</summary>
    /// <param name="account">Which account tells it.</param>
    /// <param name="instrument">Of what.</param>
    /// <param name="change">The change.</param>
    /// <param name="isFault">True where the book cannot be believed until its next snapshot.</param>
    public void TellBook(string account, Instrument instrument, in MarketEvent change, bool isFault = false) => Booked?.Invoke(new BookChange(account, instrument, change, isFault));

    /// <summary>Tells what came out of a scan of markets.</summary>
    /// <param name="result">A JSON object.</param>
    public void TellScan(string result) => Scanned?.Invoke(result);

    internal void Tell(BotSignal signal) => Signaled?.Invoke(signal);

    internal void Tell(BotOrder order) => Ordered?.Invoke(order);
}

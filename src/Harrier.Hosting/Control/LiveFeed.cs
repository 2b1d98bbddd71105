using Harrier.Domain;
using Harrier.Engine.Strategies;

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
/// <param name="Venue">Whose market.</param>
/// <param name="Symbol">Of what.</param>
/// <param name="Id">The venue's id; 0 where it has none.</param>
/// <param name="Price">Price in quote currency.</param>
/// <param name="Quantity">Quantity in base currency.</param>
/// <param name="IsSell">True when the seller took liquidity.</param>
/// <param name="Time">When, by the venue's clock.</param>
public readonly record struct MarketTrade(string Account, VenueId Venue, string Symbol, long Id, decimal Price, decimal Quantity, bool IsSell, Timestamp Time);

/// <summary>Signals and trades of a run on their way to whoever listens; where nobody does they cost nothing. Listeners are called on the account's thread and return at once.</summary>
public sealed class LiveFeed
{
    /// <summary>Told every signal.</summary>
    public event Action<BotSignal>? Signaled;

    /// <summary>Told every trade of the markets of the run. Accounts with the same market tell the same trade each.</summary>
    public event Action<MarketTrade>? Traded;

    internal void Tell(BotSignal signal) => Signaled?.Invoke(signal);

    /// <summary>Tells a trade.</summary>
    public void Tell(MarketTrade trade) => Traded?.Invoke(trade);

    internal void Tell(string account, Instrument instrument, in MarketEvent trade)
    {
        if (Traded is not null)
        {
            Tell(new MarketTrade(
                account, instrument.Definition.Venue, instrument.Symbol, trade.TradeId, instrument.ToDecimal(trade.Price), instrument.ToDecimal(trade.Size), trade.IsSell, trade.ExchangeTime));
        }
    }
}

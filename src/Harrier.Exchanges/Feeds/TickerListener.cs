using Harrier.Domain;
using Harrier.Exchanges.MarketData;

namespace Harrier.Exchanges.Feeds;

/// <summary>Takes tickers as they come; must not take long.</summary>
/// <param name="instrument">Whose.</param>
/// <param name="update">The ticker.</param>
public delegate void TickerListener(Instrument instrument, in TickerUpdate update);

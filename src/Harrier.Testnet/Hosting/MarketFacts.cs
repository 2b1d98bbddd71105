using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Hosting;

/// <summary>What a front end serves: an exchange and what is derived from its trades.</summary>
/// <param name="Core">The exchange.</param>
/// <param name="Candles">Its candles.</param>
/// <param name="Tickers">Its rolling days.</param>
public sealed record MarketFacts(ExchangeCore Core, CandleStore Candles, TickerWindow Tickers);

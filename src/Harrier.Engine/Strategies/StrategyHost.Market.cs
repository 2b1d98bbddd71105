using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Strategies;

/// <content>Trades and books.</content>
internal sealed partial class StrategyHost
{
    public void OnTrade(in MarketEvent trade)
    {
        Features.OnTrade(in trade);
        foreach (Bot bot in _byInstrument[trade.Instrument.Index])
        {
            bot.Keeper.OnMarket(trade.Instrument);
            if (bot.IsRunning)
            {
                bot.Strategy.Trade(in trade);
            }
        }
    }

    /// <summary>A whole message was applied to a book: features first, then what became of the walls, then the strategies.</summary>
    public void OnBook(InstrumentId instrument, OrderBook book)
    {
        Features.OnBook(instrument, book);
        BookTop top = book.Top;
        foreach (Bot bot in _byInstrument[instrument.Index])
        {
            bot.Keeper.OnMarket(instrument);
            foreach (DensityDetector detector in Features.Detectors(instrument))
            {
                foreach (ref readonly DensityEvent densityEvent in detector.Events)
                {
                    if (bot.IsRunning)
                    {
                        bot.Strategy.Density(detector, in densityEvent);
                    }
                }
            }

            if (bot.IsRunning)
            {
                bot.Strategy.Book(instrument, in top);
            }
        }
    }
}

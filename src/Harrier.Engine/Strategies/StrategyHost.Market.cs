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
                Hear(bot, static (Strategy strategy, in MarketEvent one, in int _) => strategy.Trade(in one), in trade, 0);
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
                        Hear(bot, static (Strategy strategy, in DensityDetector by, in DensityEvent one) => strategy.Density(by, in one), in detector, in densityEvent);
                    }
                }
            }

            if (bot.IsRunning)
            {
                Hear(bot, static (Strategy strategy, in InstrumentId id, in BookTop one) => strategy.Book(id, in one), in instrument, in top);
            }
        }
    }
}

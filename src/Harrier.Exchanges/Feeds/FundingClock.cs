using Harrier.Domain;
using Harrier.Exchanges.MarketData;

namespace Harrier.Exchanges.Feeds;

/// <summary>
/// Tells when funding was paid, from mark prices that name the rate and the time of the next payment: the rate named last before that time is the one that is paid,
/// at the mark price known last.
/// </summary>
internal sealed class FundingClock
{
    private MarkPriceUpdate _last;

    /// <summary>Takes a mark price.</summary>
    /// <returns>The payment that fell due since the one before; null for none.</returns>
    public MarketEvent? Advance(in MarkPriceUpdate update)
    {
        MarketEvent? payment = _last.NextFunding is { } due && update.Event.ExchangeTime >= due
            ? new MarketEvent
            {
                ExchangeTime = due,
                ReceivedTime = update.Event.ReceivedTime,
                Price = _last.Event.Price,
                Rate = (double)_last.FundingRate,
                Instrument = update.Instrument,
                Kind = MarketEventKind.Funding,
            }
            : null;
        _last = update;
        return payment;
    }
}

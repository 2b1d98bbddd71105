using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>A feature that is fed by the public trades of one instrument.</summary>
public interface ITradeFeature : IStateful
{
    /// <summary>A trade reached us; called in the order of arrival, which need not be the order in which they happened.</summary>
    /// <param name="trade">An event of the kind <see cref="MarketEventKind.Trade"/>.</param>
    void OnTrade(in MarketEvent trade);
}

using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Venues;

/// <summary>What a place that converts is like.</summary>
/// <param name="Numeraire">The asset in which people reckon there.</param>
/// <param name="Fee">What a conversion costs besides the spread, as a fraction, where nothing else is known.</param>
/// <param name="Decimals">Decimals of amounts by asset; 8 where it is not named.</param>
public sealed record ConversionTraits(Asset Numeraire, decimal Fee, IReadOnlyDictionary<Asset, int> Decimals);

/// <summary>An account that converts assets: all that a portfolio needs to know of a venue.</summary>
/// <param name="requests">What its calls share; disposed of with it.</param>
public abstract class ConversionAccess(VenueRequests requests) : AccountAccess(requests)
{
    /// <summary>Quotes, commits, holdings.</summary>
    public abstract IConversionVenue Conversions { get; }

    /// <summary>Indicative prices.</summary>
    public abstract RateCache Rates { get; }

    /// <summary>What the place is like.</summary>
    public abstract ConversionTraits Traits { get; }
}

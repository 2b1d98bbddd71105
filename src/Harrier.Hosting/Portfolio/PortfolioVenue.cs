using Harrier.Engine.Execution;
using Harrier.Exchanges.Rates;

namespace Harrier.Hosting.Portfolio;

/// <summary>Where a portfolio account converts.</summary>
/// <param name="Conversions">Quotes, commits, holdings.</param>
/// <param name="Rates">Indicative prices, kept for as long as any bot may want them.</param>
public sealed record PortfolioVenue(IConversionVenue Conversions, RateCache Rates);

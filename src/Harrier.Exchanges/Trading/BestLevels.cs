using Harrier.Domain;

namespace Harrier.Exchanges.Trading;

/// <summary>The best prices of a symbol as they stood when they were read.</summary>
/// <param name="Bids">What others would pay, highest first.</param>
/// <param name="Asks">What others want, lowest first.</param>
public sealed record BestLevels(IReadOnlyList<HistoricalLevel> Bids, IReadOnlyList<HistoricalLevel> Asks);

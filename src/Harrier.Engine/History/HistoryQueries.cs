using Harrier.Domain;

namespace Harrier.Engine.History;

/// <summary>Bars that are wanted, by their open times.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Interval">Length of the bars, one of <see cref="IMarketHistory.Intervals"/>.</param>
/// <param name="From">First open time, on the interval's grid.</param>
/// <param name="To">End of the open times, itself excluded.</param>
public sealed record BarHistoryQuery(string Symbol, BarSpec Interval, Timestamp From, Timestamp To);

/// <summary>Trades that are wanted: those from an id on or, without one, those from a time on.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="From">Earliest time; disregarded when there is an id.</param>
/// <param name="FromId">First id; null to begin at the time.</param>
public sealed record TradeHistoryQuery(string Symbol, Timestamp From, long? FromId = null);

/// <summary>Funding payments that are wanted.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="From">Earliest time.</param>
/// <param name="To">End of the time, itself excluded.</param>
public sealed record FundingHistoryQuery(string Symbol, Timestamp From, Timestamp To);

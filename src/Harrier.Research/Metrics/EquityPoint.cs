using Harrier.Domain;

namespace Harrier.Research.Metrics;

/// <summary>One row of the stored equity curve.</summary>
/// <param name="Time">Close time of the bar.</param>
/// <param name="Equity">Account value in the numeraire.</param>
/// <param name="Cash">Free and locked balance of the numeraire.</param>
/// <param name="Position">Net position in base currency with one symbol; net position value in the numeraire with several.</param>
public readonly record struct EquityPoint(Timestamp Time, decimal Equity, decimal Cash, decimal Position);

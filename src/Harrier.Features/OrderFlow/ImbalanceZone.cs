using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Prices that a wide bar on high volume left untraded between the bar before it and the bar after it.</summary>
/// <param name="Lower">Lower edge in quote currency.</param>
/// <param name="Upper">Upper edge in quote currency.</param>
/// <param name="FilledFraction">How far later bars came back into it: 0 to 1.</param>
/// <param name="KnownAt">When the bar after the wide bar was complete.</param>
/// <param name="Index">Number of the wide bar.</param>
/// <param name="Side">Bullish when the wide bar rose: the zone lies under the price.</param>
public readonly record struct ImbalanceZone(double Lower, double Upper, double FilledFraction, Timestamp KnownAt, int Index, FlowSide Side);

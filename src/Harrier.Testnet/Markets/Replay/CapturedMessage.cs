using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>A message as it was recorded.</summary>
/// <param name="Time">When it was received.</param>
/// <param name="Json">The message.</param>
/// <param name="Connection">The connection that it came over; null when that is not known.</param>
public readonly record struct CapturedMessage(Timestamp Time, ReadOnlyMemory<byte> Json, string? Connection = null);

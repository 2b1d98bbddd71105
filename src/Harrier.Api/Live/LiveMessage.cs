namespace Harrier.Api.Live;

/// <summary>A message to clients, encoded once for all of them.</summary>
/// <param name="Number">Its number in its stream.</param>
/// <param name="Key">What it is about: a newer message with the same key says all that this one says. Null where each message counts.</param>
/// <param name="Utf8">Its JSON.</param>
internal sealed record LiveMessage(long Number, string? Key, ReadOnlyMemory<byte> Utf8);

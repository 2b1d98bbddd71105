using System.Collections.Frozen;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>What came back from one attempt: an answer, an error, or both.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Body">The body, unpacked; empty when none came.</param>
/// <param name="Headers">The headers by lower case name.</param>
/// <param name="Error">The failure; null for a proper answer.</param>
internal sealed record RestReply(int Status, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers, VenueError? Error)
{
    public static RestReply Lost(VenueError error) => new(0, default, FrozenDictionary<string, string>.Empty, error);
}

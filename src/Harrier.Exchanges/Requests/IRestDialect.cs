using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>How one venue says no, and how it tells what was used of its limits; each adapter has its own.</summary>
public interface IRestDialect
{
    /// <summary>The error an answer stands for, or null when it is a proper answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, unpacked; may be empty, HTML or cut.</param>
    /// <param name="headers">The headers by lower case name.</param>
    /// <param name="isWrite">True when the call may have changed something.</param>
    VenueError? ErrorOf(int status, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, bool isWrite);

    /// <summary>Adds what the headers say is used of each rule now.</summary>
    void ReadUsage(IReadOnlyDictionary<string, string> headers, ICollection<(string Rule, int Used)> into);
}

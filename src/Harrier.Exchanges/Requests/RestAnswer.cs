namespace Harrier.Exchanges.Requests;

/// <summary>A venue's answer that its dialect found no error in.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, unpacked.</param>
/// <param name="Headers">The headers by lower case name; repeated ones joined by a comma.</param>
public sealed record RestAnswer(int Status, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers);

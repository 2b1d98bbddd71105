namespace Harrier.Hosting.Keys;

/// <summary>A key of an exchange as it is kept: without its secret, and with the key itself masked.</summary>
/// <param name="Id">What it is known by; <c>stored:ID</c> as <c>key_file</c> of an account uses it.</param>
/// <param name="Venue">Whose key.</param>
/// <param name="Label">What its owner calls it; may be empty.</param>
/// <param name="MaskedKey">The first and last characters of the key.</param>
/// <param name="Created">Since when.</param>
public sealed record StoredKey(string Id, string Venue, string Label, string MaskedKey, DateTimeOffset Created);

namespace Harrier.Hosting.Notifications;

/// <summary>A line before anybody says in which language: a key of the texts, and what stands in its places.</summary>
/// <param name="Key">The key.</param>
/// <param name="Values">The places by name, as text.</param>
public sealed record LocalText(string Key, params IReadOnlyList<(string Name, string Value)> Values);

namespace Harrier.Api.Status;

/// <summary>Who answers.</summary>
/// <param name="Status"><c>running</c>.</param>
/// <param name="Service">Name of the service.</param>
/// <param name="Version">Its version.</param>
/// <param name="Timestamp">The time.</param>
public sealed record ServiceAnswer(string Status, string Service, string Version, DateTimeOffset Timestamp);

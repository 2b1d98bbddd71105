namespace Harrier.Cli.Streaming;

/// <summary>A venue did not answer, or not as it should.</summary>
/// <param name="message">What happened.</param>
internal sealed class VenueUnreachableException(string message) : Exception(message);

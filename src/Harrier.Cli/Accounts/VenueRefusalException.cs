namespace Harrier.Cli.Accounts;

/// <summary>A venue did not do what it was asked; shown as one line and answered with exit code 1.</summary>
internal sealed class VenueRefusalException(string line) : Exception(line);

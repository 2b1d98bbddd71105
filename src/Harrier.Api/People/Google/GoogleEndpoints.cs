namespace Harrier.Api.People.Google;

/// <summary>Where Google is asked: as its discovery document says.</summary>
public sealed record GoogleEndpoints
{
    /// <summary>Where people say who they are.</summary>
    public Uri Authorization { get; init; } = new("https://accounts.google.com/o/oauth2/v2/auth");

    /// <summary>Where a code is exchanged.</summary>
    public Uri Token { get; init; } = new("https://oauth2.googleapis.com/token");

    /// <summary>Keys by which it signs.</summary>
    public Uri Keys { get; init; } = new("https://www.googleapis.com/oauth2/v3/certs");

    /// <summary>What it calls itself.</summary>
    public IReadOnlyList<string> Issuers { get; init; } = ["https://accounts.google.com", "accounts.google.com"];
}

using System.Text.Json;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>The body of a refusal.</summary>
[Ignores("data", "details")]
internal sealed record ErrorMessage : UpholdMessage
{
    public string? Code { get; set; }

    /// <summary>Text of most refusals, and the code of those of the token service.</summary>
    public string? Error { get; set; }

    public string? Message { get; set; }

    /// <summary>Faults by field; nested, and lists at the leaves.</summary>
    public JsonElement? Errors { get; set; }
}

/// <summary>An access token.</summary>
[Ignores("scope", "refresh_token", "token_type")]
internal sealed record TokenMessage : UpholdMessage
{
    [System.Text.Json.Serialization.JsonPropertyName("access_token")]
    public string AccessToken { get; set; } = "";

    /// <summary>Seconds; null for one that does not end.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("expires_in")]
    public long? ExpiresIn { get; set; }
}

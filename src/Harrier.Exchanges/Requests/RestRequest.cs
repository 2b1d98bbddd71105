namespace Harrier.Exchanges.Requests;

/// <summary>A request as its bytes leave: nothing is encoded, sorted or added after it was signed.</summary>
public sealed record RestRequest
{
    /// <summary>GET, POST, PUT or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>The path from the root, such as <c>/api/v3/order</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The query, percent-encoded, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The body, or nothing.</summary>
    public string Body { get; init; } = "";

    /// <summary>The body's media type; null sends none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers besides those of the body, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Method and path alone: queries hold signatures and headers hold keys.</summary>
    public override string ToString() => $"{Method} {Path}";
}

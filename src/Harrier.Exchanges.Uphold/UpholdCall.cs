using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Uphold;

/// <summary>A call before its token is added.</summary>
internal sealed record UpholdCall(string Method, string Path)
{
    private const string JsonType = "application/json";

    public string Query { get; init; } = "";

    public string? Body { get; init; }

    /// <summary>The part of a list that is wanted; null for the first.</summary>
    public ItemRange? Range { get; init; }

    public bool IsPublic { get; init; }

    public RequestPriority Priority { get; init; } = RequestPriority.High;

    public bool IsWrite { get; init; }

    public RestRequest Build(UpholdAuthorization? authorization)
    {
        List<KeyValuePair<string, string>> headers = [];
        if (!IsPublic)
        {
            headers.Add((authorization ?? throw new InvalidOperationException($"{Path} needs a token, and none was given")).Header());
        }

        if (Range is { } range)
        {
            headers.Add(new KeyValuePair<string, string>("Range", range.ToString()));
        }

        return new RestRequest
        {
            Method = Method,
            Path = Path,
            Query = Query,
            Body = Body ?? "",
            ContentType = Body is null ? null : JsonType,
            Headers = headers,
        };
    }
}

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>
/// A way to the venue on which one write gets lost from sight: its sender hears that the connection was cut, and it arrives all the same, after it has been looked for.
/// </summary>
internal sealed class LateSender(HttpMessageInvoker inner) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private Func<HttpRequestMessage>? _held;
    private int _looks;

    /// <summary>Part of the address of the next write that is held back; null for none.</summary>
    public string? Match { get; set; }

    /// <summary>Questions that the write waits for.</summary>
    public int ArrivesAfter { get; set; } = 1;

    /// <summary>Writes that arrived late and were taken.</summary>
    public int Arrived { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && Match is { } match && $"{request.Method} {request.RequestUri!.AbsolutePath}".EndsWith(match, StringComparison.Ordinal))
        {
            byte[]? body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            HttpRequestMessage held = request;
            lock (_gate)
            {
                (_held, _looks, Match) = (() => Again(held, body), 0, null);
            }

            throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection was cut");
        }

        if (Due(request) is { } late)
        {
            using HttpRequestMessage again = late();
            using HttpResponseMessage answer = await inner.SendAsync(again, cancellationToken);
            Arrived += answer.IsSuccessStatusCode ? 1 : 0;
        }

        return await inner.SendAsync(request, cancellationToken);
    }

    private Func<HttpRequestMessage>? Due(HttpRequestMessage request)
    {
        lock (_gate)
        {
            if (_held is not { } held || request.Method != HttpMethod.Get || ++_looks <= ArrivesAfter)
            {
                return null;
            }

            _held = null;
            return held;
        }
    }

    private static HttpRequestMessage Again(HttpRequestMessage request, byte[]? body)
    {
        HttpRequestMessage again = new(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            again.Headers.TryAddWithoutValidation(name, values);
        }

        if (body is not null)
        {
            again.Content = new ByteArrayContent(body);
            foreach ((string name, IEnumerable<string> values) in request.Content?.Headers.NonValidated.Select(static one => (one.Key, (IEnumerable<string>)one.Value)) ?? [])
            {
                again.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return again;
    }
}

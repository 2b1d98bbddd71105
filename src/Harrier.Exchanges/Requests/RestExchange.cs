using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>One request and its answer over HTTP, with every way in which that fails turned into an error.</summary>
internal sealed class RestExchange
{
    private readonly RestClientOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly IRestDialect _dialect;
    private readonly TimeProvider _time;
    private readonly string _origin;

    public RestExchange(RestClientOptions options, HttpMessageInvoker http, IRestDialect dialect, TimeProvider time)
    {
        Uri address = options.BaseAddress;
        if (!address.IsAbsoluteUri || address.PathAndQuery != "/" || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException("the base address must be a scheme, a host and a port alone", nameof(options));
        }

        _options = options;
        _http = http;
        _dialect = dialect;
        _time = time;
        _origin = address.GetLeftPart(UriPartial.Authority);
    }

    public async Task<RestReply> SendAsync(RestRequest request, RestCall call, CancellationToken cancellation)
    {
        using CancellationTokenSource timeout = new(call.Timeout ?? _options.Timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using HttpRequestMessage message = MessageOf(request, call.IsWrite);
            using HttpResponseMessage response = await _http.SendAsync(message, either.Token).ConfigureAwait(false);
            ReadOnlyMemory<byte> body = await ReadBodyAsync(response, either.Token).ConfigureAwait(false);
            return ReplyOf((int)response.StatusCode, body, HeadersOf(response), call.IsWrite);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            return RestReply.Lost(LossOf(e, timeout.IsCancellationRequested, cancellation.IsCancellationRequested, call.IsWrite));
        }
        catch (InvalidDataException)
        {
            return RestReply.Lost(new VenueError(VenueErrorKind.Malformed, OutcomeOfLoss(call.IsWrite), 0, "the answer was badly packed or too large"));
        }
    }

    // Where the sender cannot tell whether the request was taken, a write is unknown. A refused connection or a name without address
    // carried nothing to the venue, yet that is only believed where the connection certainly never stood.
    private static VenueError LossOf(Exception e, bool late, bool canceled, bool isWrite)
    {
        Outcome outcome = OutcomeOfLoss(isWrite);
        if (canceled && !late)
        {
            return new VenueError(VenueErrorKind.Network, outcome, 0, "given up by the caller while under way");
        }

        if (late || e is OperationCanceledException)
        {
            return new VenueError(VenueErrorKind.Timeout, outcome, 0, "no answer in time");
        }

        bool insecure = e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } || e.InnerException is AuthenticationException;
        return e switch
        {
            _ when insecure => new VenueError(VenueErrorKind.Network, Outcome.NotDone, 0, "no secure connection: the venue's certificate was not accepted"),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
                new VenueError(VenueErrorKind.Network, Outcome.NotDone, 0, "the venue's name has no address"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                new VenueError(VenueErrorKind.Network, Outcome.NotDone, 0, "no connection to the venue"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new VenueError(VenueErrorKind.Malformed, outcome, 0, "the answer's headers are too large"),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } =>
                new VenueError(VenueErrorKind.Malformed, outcome, 0, "the answer is not HTTP"),
            _ => new VenueError(VenueErrorKind.Network, outcome, 0, "the connection was cut"),
        };
    }

    private static Outcome OutcomeOfLoss(bool isWrite) => isWrite ? Outcome.Unknown : Outcome.NotDone;

    private RestReply ReplyOf(int status, ReadOnlyMemory<byte> body, Dictionary<string, string> headers, bool isWrite)
    {
        VenueError? error = _dialect.ErrorOf(status, body.Span, headers, isWrite);
        if (error is null && status is >= 300 or < 200)
        {
            error = DefaultErrorOf(status, body.Span, isWrite);
        }
        else if (error is null && MarkupExcerpt.IsMarkup(body.Span))
        {
            error = new VenueError(VenueErrorKind.Malformed, OutcomeOfLoss(isWrite), status, $"a page instead of data: {MarkupExcerpt.Of(body.Span)}");
        }

        TimeSpan? rest = error?.RetryAfter ?? RetryAfterOf(headers);
        return new RestReply(status, body, headers, error is null ? null : error with { RetryAfter = rest });
    }

    // What a status means where the dialect has nothing to say.
    private static VenueError DefaultErrorOf(int status, ReadOnlySpan<byte> body, bool isWrite)
    {
        (VenueErrorKind kind, Outcome outcome) = status switch
        {
            429 => (VenueErrorKind.RateLimited, Outcome.NotDone),
            418 or 403 => (VenueErrorKind.Banned, Outcome.NotDone),
            401 => (VenueErrorKind.Authentication, Outcome.NotDone),
            408 => (VenueErrorKind.Timeout, OutcomeOfLoss(isWrite)),
            >= 500 => (VenueErrorKind.Unknown, OutcomeOfLoss(isWrite)),
            >= 400 => (VenueErrorKind.BadRequest, Outcome.NotDone),
            _ => (VenueErrorKind.Malformed, OutcomeOfLoss(isWrite)),
        };
        return new VenueError(kind, outcome, status, $"HTTP {status.ToString(CultureInfo.InvariantCulture)}: {MarkupExcerpt.Of(body)}");
    }

    private TimeSpan? RetryAfterOf(Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("retry-after", out string? text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        bool dated = DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until);
        TimeSpan rest = until - _time.GetUtcNow();
        return !dated ? null : rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private HttpRequestMessage MessageOf(RestRequest request, bool isWrite)
    {
        string address = _origin + request.Path + (request.Query.Length > 0 ? "?" + request.Query : "");

        // Canonicalization would undo percent-encoding, and the signature with it.
        Uri uri = new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        HttpRequestMessage message = new(new HttpMethod(request.Method), uri) { Version = HttpVersion.Version11 };
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");

        // A request without content that a reused connection cuts is sent again by the transport, unseen. One with content, be it empty, is not:
        // that it left counts, and a write must never leave twice.
        if (isWrite || request.Body.Length > 0 || request.ContentType is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.Body));
            message.Content.Headers.ContentType = request.ContentType is null ? null : MediaTypeHeaderValue.Parse(request.ContentType);
        }

        foreach ((string name, string value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        Dictionary<string, string> headers = new(StringComparer.Ordinal);
        foreach ((string name, HeaderStringValues values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[LowerCase(name)] = string.Join(",", values);
        }

        return headers;
    }

    private static string LowerCase(string name) => string.Create(name.Length, name, static (to, from) => from.AsSpan().ToLowerInvariant(to));

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int expected = (int)Math.Clamp(response.Content.Headers.ContentLength ?? 0, 1024, 1024 * 1024);
            ArrayBufferWriter<byte> writer = new(expected);
            while (true)
            {
                int read = await stream.ReadAsync(writer.GetMemory(1), cancellation).ConfigureAwait(false);
                if (read == 0)
                {
                    return writer.WrittenMemory;
                }

                writer.Advance(read);
                if (writer.WrittenCount > _options.MaxBodyBytes)
                {
                    throw new InvalidDataException("the body is larger than the limit");
                }
            }
        }
    }
}

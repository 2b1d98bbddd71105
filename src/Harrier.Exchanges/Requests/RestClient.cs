using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// Calls one venue's REST interface through its budget. No failure of venue or network is thrown: each becomes a <see cref="VenueError"/>
/// whose outcome says whether the call may have had an effect. Reads are retried a few times, writes never.
/// </summary>
public sealed class RestClient(
    RestClientOptions options, HttpMessageInvoker http, RequestBudget budget, IRestDialect dialect, ServerClock clock, TimeProvider time)
{
    /// <summary>Makes the call.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up before the request left; once it has left, that is an error with outcome unknown.</exception>
    public async Task<VenueResult<RestAnswer>> SendAsync(RestCall call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.IsSigned)
        {
            await clock.RefreshIfNeededAsync(cancellation).ConfigureAwait(false);
        }

        using BudgetLease lease = await budget.AcquireAsync(call.Priority, call.Costs, cancellation).ConfigureAwait(false);
        if (!lease.IsGranted)
        {
            return VenueResult<RestAnswer>.Failed(new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, $"the request budget refused: {lease.Refusal}")
            {
                RetryAfter = lease.RetryAfter,
            });
        }

        VenueResult<RestAnswer> result = await AttemptAsync(call, cancellation).ConfigureAwait(false);
        lease.Complete(new RequestFeedback(result.IsOk ? result.Value.Status : 0, result.Error.Kind));
        if (!result.IsOk && result.Error.Kind == VenueErrorKind.ClockSkew)
        {
            clock.MarkSuspect();
        }

        return result;
    }

    private async Task<VenueResult<RestAnswer>> AttemptAsync(RestCall call, CancellationToken cancellation)
    {
        using CancellationTokenSource timeout = new(call.Timeout ?? options.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using HttpRequestMessage message = MessageOf(call.Build(clock.Now()));
            using HttpResponseMessage response = await http.SendAsync(message, either.Token).ConfigureAwait(false);
            Dictionary<string, string> headers = HeadersOf(response);
            byte[] body = await ReadAsync(response, either.Token).ConfigureAwait(false);
            VenueError? error = dialect.ErrorOf((int)response.StatusCode, body, headers, call.IsWrite);
            return error is null
                ? VenueResult<RestAnswer>.Ok(new RestAnswer((int)response.StatusCode, body, headers))
                : VenueResult<RestAnswer>.Failed(error);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            bool late = timeout.IsCancellationRequested;
            return VenueResult<RestAnswer>.Failed(new VenueError(
                late ? VenueErrorKind.Timeout : VenueErrorKind.Network,
                call.IsWrite ? Outcome.Unknown : Outcome.NotDone,
                0,
                late ? "no answer in time" : "the connection failed"));
        }
    }

    private HttpRequestMessage MessageOf(RestRequest request)
    {
        string address = options.BaseAddress.GetLeftPart(UriPartial.Authority) + request.Path + (request.Query.Length > 0 ? "?" + request.Query : "");
        Uri uri = new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        HttpRequestMessage message = new(new HttpMethod(request.Method), uri) { Version = HttpVersion.Version11 };
        if (request.Body.Length > 0 || request.ContentType is not null)
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
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name.ToLowerInvariant()] = string.Join(",", values);
        }

        return headers;
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        ArrayBufferWriter<byte> writer = new(4096);
        while (true)
        {
            int read = await stream.ReadAsync(writer.GetMemory(4096), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return writer.WrittenSpan.ToArray();
            }

            writer.Advance(read);
            if (writer.WrittenCount > options.MaxBodyBytes)
            {
                throw new IOException("the body is larger than the limit");
            }
        }
    }
}

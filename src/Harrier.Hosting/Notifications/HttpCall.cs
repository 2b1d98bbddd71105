using System.Net;
using System.Net.Http.Headers;

namespace Harrier.Hosting.Notifications;

/// <summary>Sends one request and says what came of it without the request's address, which may hold a secret.</summary>
internal static class HttpCall
{
    private const int LongestAnswer = 1 << 20;

    /// <summary>Sends it, and reads the answer.</summary>
    /// <param name="http">The transport.</param>
    /// <param name="request">What to send; disposed of by the caller.</param>
    /// <param name="patience">How long to wait for all of the answer.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first.</exception>
    public static async Task<HttpAnswer> SendAsync(HttpMessageInvoker http, HttpRequestMessage request, TimeSpan patience, TimeProvider time, CancellationToken stop)
    {
        using CancellationTokenSource timed = new(patience, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(timed.Token, stop);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, ends.Token).ConfigureAwait(false);
            byte[]? body = await ReadAsync(response.Content, ends.Token).ConfigureAwait(false);
            return body is null
                ? new HttpAnswer(0, [], null, "an answer that is too long")
                : new HttpAnswer(response.StatusCode, body, WaitOf(response.Headers.RetryAfter, time), null);
        }
        catch (HttpRequestException fault)
        {
            return new HttpAnswer(0, [], null, $"not reached: {fault.HttpRequestError}");
        }
        catch (IOException)
        {
            return new HttpAnswer(0, [], null, "the connection broke");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new HttpAnswer(0, [], null, "no answer in time");
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken stop)
    {
        using Stream body = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        using MemoryStream read = new();
        byte[] part = new byte[16 * 1024];
        while (await body.ReadAsync(part, stop).ConfigureAwait(false) is > 0 and int length)
        {
            await read.WriteAsync(part.AsMemory(0, length), stop).ConfigureAwait(false);
            if (read.Length > LongestAnswer)
            {
                return null;
            }
        }

        return read.ToArray();
    }

    private static TimeSpan? WaitOf(RetryConditionHeaderValue? header, TimeProvider time) => header switch
    {
        { Delta: { } length } => length,
        { Date: { } until } => until - time.GetUtcNow(),
        _ => null,
    };
}

/// <summary>An answer.</summary>
/// <param name="Status">The status; 0 where there was no answer.</param>
/// <param name="Body">Its body.</param>
/// <param name="RetryAfter">How long the other side wants to be left alone; null where it did not say.</param>
/// <param name="Fault">Why there was no answer; null where there was one.</param>
internal sealed record HttpAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter, string? Fault);

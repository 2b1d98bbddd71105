using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Harrier.Api.Hosting;
using Harrier.Hosting.Control;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Live;

/// <summary><c>GET /api/v1/events/live</c>: what happens in the run, as server-sent events with numbers.</summary>
internal static class EventStream
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Streams events from now on; with <c>Last-Event-ID</c> from the one after that, as far back as events are kept.</summary>
    public static IResult Get(ApiSources sources, HttpRequest request)
    {
        bool continues = long.TryParse(request.Headers["Last-Event-ID"].ToString(), out long last);
        return TypedResults.ServerSentEvents(Read(sources, LiveAccess.Of(request.HttpContext), continues ? last : sources.Desk.Events.Last, request.HttpContext.RequestAborted));
    }

    // A client that reads slowly makes this loop wait for it, and misses what the log has let go of meanwhile; nobody else waits.
    private static async IAsyncEnumerable<SseItem<string>> Read(ApiSources sources, LiveAccess access, long last, [EnumeratorCancellation] CancellationToken gone)
    {
        while (!gone.IsCancellationRequested && access.Role is not null)
        {
            foreach (LoggedEvent one in sources.Desk.Events.After(last))
            {
                last = one.Number;
                yield return new SseItem<string>(one.Json) { EventId = one.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            }

            await Task.Delay(LookEvery, TimeProvider.System, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

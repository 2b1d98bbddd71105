using System.Globalization;
using System.Net.WebSockets;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Harrier.Api.Live;

/// <summary>
/// The WebSockets. Who may not look is told so before the upgrade; a program without a page shows a token. <c>?after=N</c> goes on behind the message with that number, as far back as messages are kept.
/// </summary>
internal static class LiveSockets
{
    private const int MostClients = 1000;

    /// <summary>Adds them. A path is the same with a slash at its end.</summary>
    public static void MapLive(this IEndpointRouteBuilder app)
    {
        Map(app, "/ws", static hub => hub.Engine, static (sources, _) => LiveProtocols.Telling(sources, greets: true));
        Map(app, "/ws/prices", static hub => hub.Prices, static (sources, _) => LiveProtocols.Telling(sources, greets: false));
        Map(app, "/ws/trades", static hub => hub.Trades, static (sources, _) => LiveProtocols.Telling(sources, greets: false));
        Map(app, "/ws/positions", static hub => hub.Positions, static (sources, _) => LiveProtocols.Telling(sources, greets: false));
        Map(app, "/ws/bot/status", static hub => hub.BotStatus, static (sources, who) => new BotStatusProtocol(sources, who).Protocol);
    }

    private static void Map(IEndpointRouteBuilder app, string path, Func<LiveHub, LiveStream> stream, Func<ApiSources, LiveAccess, LiveProtocol> protocol) =>
        app.MapGet(path, (HttpContext context, LiveHub hub, ApiSources sources) =>
        {
            LiveAccess access = LiveAccess.Of(context);
            return ServeAsync(context, hub, stream(hub), (sources, access, protocol(sources, access)));
        }).ExcludeFromDescription();

    private static async Task<IResult> ServeAsync(HttpContext context, LiveHub hub, LiveStream stream, (ApiSources Sources, LiveAccess Access, LiveProtocol Protocol) run)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return Results.Problem("a WebSocket is opened here", statusCode: StatusCodes.Status426UpgradeRequired);
        }

        if (context.Request.Headers.Origin.Count == 0 && context.Request.Headers.Authorization.Count == 0)
        {
            return Results.Problem("origin: a page of this service, or a token in the header Authorization", statusCode: StatusCodes.Status403Forbidden);
        }

        long after = 0;
        string? asked = context.Request.Query["after"];
        if (asked is not null && !long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Results.Problem("after: the number of a message", statusCode: StatusCodes.Status400BadRequest);
        }

        if (hub.Streams.Sum(static one => one.Clients) >= MostClients)
        {
            return Results.Problem($"{MostClients} clients listen already", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        FrameStream frames = ((FramedUpgrade)context.Features.GetRequiredFeature<IHttpUpgradeFeature>()).Frames!;
        using LiveClient client = new((socket, frames), stream, run.Protocol, (run.Sources.Time, run.Access), context.RequestAborted);
        await client.RunAsync(asked is null ? null : after).ConfigureAwait(false);
        return Results.Empty;
    }
}

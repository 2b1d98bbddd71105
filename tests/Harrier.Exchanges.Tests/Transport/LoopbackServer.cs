using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Tests.Transport;

/// <summary>A WebSocket server of the framework on loopback, whose conduct is the test's.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    /// <summary>Everything that clients sent, as text.</summary>
    public ConcurrentQueue<string> Received { get; } = [];

    public Uri Address { get; private set; } = new("ws://localhost");

    public static async Task<LoopbackServer> Start(Func<WebSocket, HttpContext, Task> serve, WebSocketAcceptContext? accept = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        WebApplication app = builder.Build();
        LoopbackServer server = new(app);
        app.UseWebSockets();
        app.Run(async context =>
        {
            if (!context.WebSockets.IsWebSocketRequest || context.Request.Path == "/refuse")
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync("<html>\nblocked</html>", context.RequestAborted);
                return;
            }

            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(accept ?? new WebSocketAcceptContext());
            await serve(socket, context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/ws");
        return server;
    }

    /// <summary>Sends a text message.</summary>
    public static Task Send(WebSocket socket, string text, bool isFinal = true) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isFinal, TestContext.Current.CancellationToken);

    /// <summary>Reads until the client closes, noting its messages.</summary>
    public async Task Listen(WebSocket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                WebSocketReceiveResult result = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    Received.Enqueue($"close {(int?)result.CloseStatus}");
                    return;
                }

                Received.Enqueue(Encoding.UTF8.GetString(buffer, 0, result.Count));
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException)
        {
            Received.Enqueue("cut");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.Zero, TimeProvider.System);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

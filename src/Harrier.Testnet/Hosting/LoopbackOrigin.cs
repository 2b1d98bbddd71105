using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Harrier.Testnet.Hosting;

/// <summary>A web server on one loopback port. It never listens on another interface: there is no setting that could make it.</summary>
internal sealed class LoopbackOrigin : IAsyncDisposable
{
    private const int MaxRequestBytes = 1024 * 1024;
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(3);

    private readonly WebApplication _application;

    private LoopbackOrigin(WebApplication application, int port)
    {
        _application = application;
        Port = port;
    }

    /// <summary>The port, also where a free one was asked for.</summary>
    public int Port { get; }

    /// <summary>Origin for requests, without a path.</summary>
    public string Http => $"http://127.0.0.1:{Port}";

    /// <summary>Origin for sockets, without a path.</summary>
    public string WebSocket => $"ws://127.0.0.1:{Port}";

    /// <summary>Starts a server.</summary>
    /// <param name="port">Port, or 0 for a free one.</param>
    /// <param name="handle">Answers everything.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <exception cref="PortInUseException">Another program listens there.</exception>
    public static async Task<LoopbackOrigin> StartAsync(int port, RequestDelegate handle, CancellationToken stop)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        WebApplication application = builder.Build();
        application.Run(handle);
        try
        {
            await application.StartAsync(stop);
        }
        catch (IOException fault)
        {
            await application.DisposeAsync();
            throw new PortInUseException(port, fault);
        }
        catch (SocketException fault)
        {
            await application.DisposeAsync();
            throw new PortInUseException(port, fault);
        }

        string address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new LoopbackOrigin(application, new Uri(address).Port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource limit = new(_stopTimeout);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }
}

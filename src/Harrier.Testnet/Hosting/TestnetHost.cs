using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Harrier.Testnet.Hosting.Admin;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Hosting;

/// <summary>The built-in exchange, served on loopback: venues, admin port, and the clock that drives them.</summary>
public sealed class TestnetHost : IAsyncDisposable
{
    private const int AdminOffset = 3;
    private const int UnspreadBooks = 20;
    private const int SpreadOver = 10;

    private readonly List<LoopbackOrigin> _servers = [];
    private readonly IReadOnlyList<HostedMarket> _markets;
    private readonly CancellationTokenSource _stop = new();
    private Task _clock = Task.CompletedTask;

    private TestnetHost(IReadOnlyList<HostedMarket> markets)
    {
        _markets = markets;
    }

    /// <summary>The line that tells scripts where everything is: one JSON object, without a line end.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>Addresses by the venues' names.</summary>
    public IReadOnlyDictionary<string, OriginAddress> Origins { get; private set; } = new Dictionary<string, OriginAddress>();

    /// <summary>Address of the admin port.</summary>
    public string Admin { get; private set; } = "";

    /// <summary>Completes, faulted, when the exchange's clock stopped on an error; a broken exchange must not go on answering.</summary>
    public Task Completion => _clock;

    /// <summary>Starts serving.</summary>
    /// <param name="options">Ports and seed.</param>
    /// <param name="origins">The venues.</param>
    /// <param name="tools">What the admin port works on.</param>
    /// <param name="time">Clock of the steps.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <exception cref="PortInUseException">A port is taken; nothing is left running.</exception>
    public static async Task<TestnetHost> StartAsync(
        TestnetOptions options, IReadOnlyList<HostedOrigin> origins, OperatorTools tools, TimeProvider time, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(origins);
        TestnetHost host = new([.. origins.SelectMany(o => o.Markets)]);
        try
        {
            await host.ListenAsync(options, origins, tools, stop);
        }
        catch (PortInUseException)
        {
            await host.DisposeAsync();
            throw;
        }

        host._clock = host.RunClockAsync(options.Step, time);
        return host;
    }

    /// <summary>Starts serving markets that nobody drives.</summary>
    /// <inheritdoc cref="StartAsync(TestnetOptions, IReadOnlyList{HostedOrigin}, OperatorTools, TimeProvider, CancellationToken)"/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "A market that stands still holds nothing.")]
    public static Task<TestnetHost> StartAsync(
        TestnetOptions options, IReadOnlyList<HostedOrigin> origins, FaultInjector faults, TimeProvider time, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(origins);
        MarketControl control = new([.. origins.SelectMany(o => o.Markets).Select(m => m.Facts.Core)], StillMarket.Instance);
        return StartAsync(options, origins, new OperatorTools(faults, control), time, stop);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (LoopbackOrigin server in _servers)
        {
            await server.DisposeAsync();
        }

        await _clock.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static RequestDelegate Route(IReadOnlyList<HostedMarket> markets) => context =>
    {
        string path = context.Request.Path.Value ?? "";
        foreach (HostedMarket market in markets)
        {
            if (market.FrontEnd.Claims(path))
            {
                return market.FrontEnd.HandleAsync(context);
            }
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    private async Task ListenAsync(TestnetOptions options, IReadOnlyList<HostedOrigin> origins, OperatorTools tools, CancellationToken stop)
    {
        Dictionary<string, OriginAddress> addresses = new(StringComparer.Ordinal);
        foreach (HostedOrigin origin in origins)
        {
            LoopbackOrigin server = await ListenAsync(options, origin.PortOffset, Route(origin.Markets), stop);
            addresses.Add(origin.Name, new OriginAddress(server.Http, server.WebSocket));
        }

        AdminPort admin = new(options, _markets, tools.Faults, new MarketActions(_markets, tools.Control));
        Admin = (await ListenAsync(options, AdminOffset, admin.HandleAsync, stop)).Http;
        Origins = addresses;
        ReadyLine = Describe(origins);
    }

    private async Task<LoopbackOrigin> ListenAsync(TestnetOptions options, int offset, RequestDelegate handle, CancellationToken stop)
    {
        LoopbackOrigin server = await LoopbackOrigin.StartAsync(options.Port == 0 ? 0 : options.Port + offset, handle, stop);
        _servers.Add(server);
        return server;
    }

    private string Describe(IReadOnlyList<HostedOrigin> origins)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            foreach (HostedOrigin origin in origins)
            {
                json.WriteStartObject(origin.Name);
                origin.Describe(json, Origins[origin.Name]);
                json.WriteEndObject();
            }

            json.WriteString("admin", Admin);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Advance(HostedMarket market, int part, int parts)
    {
        if (part == 0)
        {
            market.Facts.Core.Pass();
        }

        market.Facts.Core.CutDepth(part, parts);
        if (part == 0)
        {
            market.Facts.Candles.Cut();
            market.FrontEnd.Tick();
        }
    }

    private async Task RunClockAsync(TimeSpan step, TimeProvider time)
    {
        // Hundreds of books that change at once are no market: each keeps its step, and they are spread over it.
        int parts = _markets.Max(static market => market.Facts.Core.Listings.Count) > UnspreadBooks ? SpreadOver : 1;
        using PeriodicTimer timer = new(step / parts, time);
        try
        {
            for (int part = 0; await timer.WaitForNextTickAsync(_stop.Token); part = (part + 1) % parts)
            {
                foreach (HostedMarket market in _markets)
                {
                    lock (market.Facts.Core.Gate)
                    {
                        Advance(market, part, parts);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}

using System.Security.Claims;
using System.Threading.RateLimiting;
using Harrier.Api.Commands;
using Harrier.Api.Live;
using Harrier.Api.Metrics;
using Harrier.Api.Performance;
using Harrier.Api.Records;
using Harrier.Api.Security;
using Harrier.Api.Status;
using Harrier.Api.Strategies;
using Harrier.Hosting.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harrier.Api.Hosting;

/// <summary>The HTTP service around the bots. It reads copies of what engines publish and rows of the records; no request waits for an engine, and no engine for a request.</summary>
public sealed class ApiService : IAsyncDisposable
{
    private const long LargestBody = 1 << 20;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly WebApplication _app;

    private ApiService(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts it.</summary>
    /// <param name="options">Where and for whom.</param>
    /// <param name="sources">What it reads.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The port is taken, or may not be opened.</exception>
    public static async Task<ApiService> StartAsync(ApiOptions options, ApiSources sources, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sources);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ApiService).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(options.Bind, options.Port);
        });
        AddServices(builder.Services, sources, options.RequestsPerSecond);
        WebApplication app = builder.Build();
        app.UseGuards(options);
        app.UseRequestMeter(sources);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseDocumentation();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        app.UseAuthentication();
        app.UseAuthorization();
        Map(app, options);

        // They listen from the start, not from the first question on.
        app.Services.GetRequiredService<MetricsPage>();
        app.Services.GetRequiredService<LiveHub>();
        await app.StartAsync(cancellation).ConfigureAwait(false);
        return new ApiService(app);
    }

    /// <summary>Ends it; requests that are under way have a moment to finish.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static void AddServices(IServiceCollection services, ApiSources sources, int requestsPerSecond)
    {
        services.AddSingleton(sources);
        services.AddSingleton(_ => new MetricsPage(sources.Meter));
        services.AddSingleton(_ => new LiveHub(sources));
        services.AddSingleton(new PortfolioSettingsStore(sources.Home));
        services.ConfigureHttpJsonOptions(static json => JsonValues.Apply(json.SerializerOptions));
        services.AddProblemDetails();
        services.AddOpenApi("v1", static document => document.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        services.AddAuthentication(TokenAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(nameof(Role.Viewer), static policy => policy.RequireRole(nameof(Role.Viewer), nameof(Role.Trader), nameof(Role.Admin)))
            .AddPolicy(nameof(Role.Trader), static policy => policy.RequireRole(nameof(Role.Trader), nameof(Role.Admin)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions { TokenLimit = requestsPerSecond, TokensPerPeriod = requestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        });
    }

    private static void Map(WebApplication app, ApiOptions options)
    {
        app.MapGet("/", (ApiSources sources) => new ServiceAnswer("running", "harrier", options.Version, sources.Time.GetUtcNow())).AllowAnonymous();
        app.MapGet("/health", Health.Get).AllowAnonymous();
        app.MapGet("/metrics", MetricsPage.Get).AllowAnonymous();
        app.MapOpenApi().AllowAnonymous();
        RouteGroupBuilder reading = app.MapGroup("").RequireAuthorization(nameof(Role.Viewer));
        reading.MapGet("/strategies", StrategyList.Get);
        reading.MapGet("/api/v1/accounts", Accounts.List);
        reading.MapGet("/api/v1/accounts/{account}", Accounts.Get);
        reading.MapGet("/api/v1/bots", Accounts.Bots);
        reading.MapGet("/api/v1/market/prices", Prices.Get);
        reading.MapGet("/api/v1/trades", RecordLists.Trades);
        reading.MapGet("/api/v1/fills", RecordLists.Fills);
        reading.MapGet("/api/v1/equity", RecordLists.Equity);
        reading.MapGet("/api/v1/events", RecordLists.Events);
        reading.MapGet("/api/v1/performance/metrics", PerformanceMetrics.Get);
        reading.MapGet("/api/v1/trading/positions", Positions.Get);
        reading.MapGet("/api/v1/events/live", EventStream.Get);
        reading.MapLive();
        MapOrders(app.MapGroup("/api/v1").RequireAuthorization(nameof(Role.Trader)));
    }

    private static void MapOrders(RouteGroupBuilder steering)
    {
        foreach ((string word, AccountOrder order) in BotOrders.ToBots)
        {
            steering.MapPost($"/accounts/{{account}}/bots/{{bot}}/{word}", (string account, string bot, ApiSources sources, ClaimsPrincipal who, OrderBody? body) =>
                BotOrders.GiveAsync(sources, who, (account, bot), order, body));
        }

        foreach ((string word, AccountOrder order) in BotOrders.ToAccounts)
        {
            steering.MapPost($"/accounts/{{account}}/{word}", (string account, ApiSources sources, ClaimsPrincipal who, OrderBody? body) =>
                BotOrders.GiveAsync(sources, who, (account, null), order, body));
        }

        BotChanges.Map(steering);
        steering.MapPost("/panic", static (ApiSources sources, ClaimsPrincipal who, OrderBody? body) => BotOrders.GiveAsync(sources, who, default, AccountOrder.Panic, body));
    }
}

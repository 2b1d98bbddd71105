using System.Net;
using System.Threading.RateLimiting;
using Harrier.Api.Commands;
using Harrier.Api.Live;
using Harrier.Api.Metrics;
using Harrier.Api.Orders;
using Harrier.Api.Pages;
using Harrier.Api.People;
using Harrier.Api.People.Google;
using Harrier.Api.Security;
using Harrier.Hosting.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harrier.Api.Hosting;

/// <summary>The HTTP service around the bots. It reads copies of what engines publish and rows of the records; no request waits for an engine, and no engine for a request.</summary>
public sealed class ApiService : IAsyncDisposable
{
    private const long LargestBody = 1 << 20;

    private const string Either = "Either";

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly WebApplication _app;

    private ApiService(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Path of the link by which the first user is made; null when there is one.</summary>
    public string? SetupPath => _app.Services.GetRequiredService<SetupKey>().Path;

    /// <summary>Starts it.</summary>
    /// <param name="options">Where and for whom.</param>
    /// <param name="sources">What it reads.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The port is taken, or may not be opened.</exception>
    /// <exception cref="ArgumentException">Others could listen to what is said: <see cref="ListeningRule"/>.</exception>
    public static async Task<ApiService> StartAsync(ApiOptions options, ApiSources sources, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sources);
        if (ListeningRule.IsRefused(options))
        {
            throw new ArgumentException($"bind: {options.Bind}: {ListeningRule.Allowed}", nameof(options));
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ApiService).Assembly.GetName().Name,

            // Settings files of the host are not ours: none is read from where somebody happens to be, and nobody watches that folder, into which journals may be written all the time.
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        LogTo(builder.Logging, sources.Log);
        Listen(builder.WebHost, options);
        builder.Services.AddSingleton(options);
        AddServices(builder.Services, sources, options);
        AddPeople(builder.Services, sources);
        WebApplication app = builder.Build();
        UseAll(app, options, sources);
        ApiPaths.Map(app);

        // They listen from the start, not from the first question on.
        app.Services.GetRequiredService<MetricsPage>();
        LiveHub hub = app.Services.GetRequiredService<LiveHub>();
        app.Services.GetRequiredService<UserAdministration>().Changed += hub.Recheck;
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

    // Warnings and worse. Who listens at the host itself makes it open a scope and an activity for every request, which cost more than many an answer.
    private static void LogTo(ILoggingBuilder logging, ILoggerProvider? log)
    {
        logging.ClearProviders();
        if (log is not null)
        {
            logging.AddProvider(log).SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        }
    }

    private static void Listen(IWebHostBuilder host, ApiOptions options)
    {
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(options.Bind, options.Port, listen =>
            {
                // The sockets of bots' streams are upgrades of HTTP/1.1.
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
    }

    // In the order in which a request passes them.
    private static void UseAll(WebApplication app, ApiOptions options, ApiSources sources)
    {
        app.UseRequestSpans(sources);
        app.UseHotAnswers(sources);
        app.UseRouting();
        app.UseRequestMeter(sources);
        app.UseProxyHeaders(options);
        app.UseGuards(options);
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = static fault => fault is Microsoft.AspNetCore.Http.BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError });
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseDocumentation();
        app.UseDescriptionTag();
        app.Use(static (context, next) =>
        {
            if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
            {
                context.Features.Set<IHttpUpgradeFeature>(new FramedUpgrade(upgrade));
            }

            return next(context);
        });
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        app.UseAuthentication();
        app.UseAuditTrail(app.Services.GetRequiredService<AuditLog>());
        app.UseCsrfGuard();
        app.UseAuthorization();
        app.UseIdempotencyKeys();
    }

    private static void AddServices(IServiceCollection services, ApiSources sources, ApiOptions options)
    {
        services.AddSingleton(sources);
        services.AddSingleton(_ => new MetricsPage(sources.Meter));
        services.AddSingleton(static provider => new RequestMeter(provider.GetRequiredService<ApiSources>()));
        services.AddSingleton(new OrderBoard());
        services.AddSingleton(static provider => new LiveHub(provider.GetRequiredService<ApiSources>(), provider.GetRequiredService<OrderBoard>()));
        services.AddSingleton(new KeyVault(sources.Home, Environment.GetEnvironmentVariable(KeyVault.Variable)));
        services.AddSingleton(new RememberedCommands(Path.Combine(sources.Home, "commands.jsonl"), sources.Time));
        services.ConfigureHttpJsonOptions(static json => JsonValues.Apply(json.SerializerOptions));
        services.AddProblemDetails();
        services.AddOpenApi("v1", document => document.Describe(options.Version));
        AddAuthentication(services, sources, options);
        services.AddSingleton(_ => PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.Connection.RemoteIpAddress ?? IPAddress.None,
            _ => new TokenBucketRateLimiterOptions { TokenLimit = options.RequestsPerSecond, TokensPerPeriod = options.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 })));
        services.AddRateLimiter(static limits => limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<RateLimiterOptions>().Configure<PartitionedRateLimiter<HttpContext>>(static (limits, shared) => limits.GlobalLimiter = shared);
    }

    private static void AddAuthentication(IServiceCollection services, ApiSources sources, ApiOptions options)
    {
        // What it protects, a sign-in that is under way, ends with the process: no key is kept on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        AuthenticationBuilder authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, static choice => choice.ForwardDefaultSelector = static context =>
                context.Request.Headers.Authorization.Count > 0 ? TokenAuthentication.SchemeName : SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null);
        if (options.Google is { } google)
        {
            authentication.AddGoogle(google, sources.Time);
            services.AddSingleton<GooglePages>();
        }

        services.AddAuthorizationBuilder()
            .AddPolicy(nameof(Role.Viewer), static policy => policy.RequireRole(nameof(Role.Viewer), nameof(Role.Trader), nameof(Role.Admin)))
            .AddPolicy(nameof(Role.Admin), static policy => policy.RequireRole(nameof(Role.Admin)))
            .AddPolicy(nameof(Role.Trader), static policy => policy.RequireRole(nameof(Role.Trader), nameof(Role.Admin)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void AddPeople(IServiceCollection services, ApiSources sources)
    {
        UserStore users = new(Path.Combine(sources.Home, UserStore.FileName));
        services.AddSingleton(users);
        services.AddSingleton(new OneTimeLinks(Path.Combine(sources.Home, OneTimeLinks.FileName)));
        services.AddSingleton(sources.Tokens);
        services.AddSingleton(sources.Time);
        services.AddSingleton(new Sessions(sources.Time, users));
        services.AddSingleton(new SetupKey(users));
        services.AddSingleton(new LoginLimit(sources.Time));
        services.AddSingleton(new AuditLog(Path.Combine(sources.Home, AuditLog.FileName), sources.Time));
        services.AddSingleton<UserAdministration>();
        services.AddSingleton<SignInPages>();
        services.AddSingleton<LinkPage>();
        services.AddSingleton<UserPage>();
        services.AddSingleton<AdminPage>();
        services.AddSingleton<UsersPage>();
    }
}

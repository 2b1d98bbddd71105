using System.Security.Claims;
using Harrier.Api.Backtests;
using Harrier.Api.Bots;
using Harrier.Api.Commands;
using Harrier.Api.Configuration;
using Harrier.Api.Features;
using Harrier.Api.Jobs;
using Harrier.Api.Keys;
using Harrier.Api.Live;
using Harrier.Api.Markets;
using Harrier.Api.Metrics;
using Harrier.Api.Orders;
using Harrier.Api.Pages;
using Harrier.Api.People;
using Harrier.Api.People.Google;
using Harrier.Api.Performance;
using Harrier.Api.Portfolio;
using Harrier.Api.Records;
using Harrier.Api.Security;
using Harrier.Api.Status;
using Harrier.Api.Strategies;
using Harrier.Api.Trading;
using Harrier.Hosting.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Harrier.Api.Hosting;

/// <summary>Which path is answered by what, and which role it needs.</summary>
internal static class ApiPaths
{
    /// <summary>Adds all of them.</summary>
    public static void Map(WebApplication app)
    {
        RouteGroupBuilder open = app.MapGroup("").WithTags("Service").AllowAnonymous();
        open.MapGet("/", LandingPage.Get).Produces<ServiceAnswer>();
        open.MapGet("/health", Health.Get);
        open.MapGet("/health/live", Health.Live);
        open.MapGet("/health/ready", Health.Ready);
        open.MapGet("/metrics", MetricsPage.Get);
        app.MapOpenApi().AllowAnonymous();
        MapRun(Reading(app, "Run"));
        MapMarkets(Reading(app, "Markets and jobs"));
        MapSteering(app.MapGroup("").RequireAuthorization(nameof(Role.Trader)).WithTags("Orders and changes"));
        MapPeople(app, Reading(app, "Administration"));
    }

    private static RouteGroupBuilder Reading(WebApplication app, string tag) => app.MapGroup("").RequireAuthorization(nameof(Role.Viewer)).WithTags(tag);

    private static void MapPeople(WebApplication app, RouteGroupBuilder reading)
    {
        app.MapGet("/setup", static (HttpContext context, SignInPages pages) => pages.Setup(context)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/setup", static (HttpContext context, SignInPages pages, ApiSources sources) => pages.SetUpAsync(context, sources)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/login", SignInPages.SignIn).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/login", static (HttpContext context, SignInPages pages, ApiSources sources, ApiOptions options) => pages.SignInAsync(context, sources, options)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/login/google", GoogleSetup.Challenge).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/logout", static (HttpContext context, SignInPages pages) => pages.SignOut(context)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/invite", static (HttpContext context, LinkPage page) => page.Get(context)).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/invite", static (HttpContext context, LinkPage page) => page.UseAsync(context)).AllowAnonymous().ExcludeFromDescription();
        reading.MapGet("/user", static (HttpContext context, UserPage page) => page.Get(context)).ExcludeFromDescription();
        reading.MapPost("/user", static (HttpContext context, UserPage page, ApiSources sources) => page.SetAsync(context, sources)).ExcludeFromDescription();
        RouteGroupBuilder administration = app.MapGroup("").RequireAuthorization(nameof(Role.Admin)).WithTags("Administration");
        administration.MapGet("/admin", static (HttpContext context, AdminPage page, ApiSources sources) => page.Get(context, sources)).ExcludeFromDescription();
        administration.MapGet("/admin/users", static (HttpContext context, UsersPage page) => page.Get(context)).ExcludeFromDescription();
        administration.MapPost("/admin/users", static (HttpContext context, UsersPage page) => page.DoAsync(context)).ExcludeFromDescription();
        UserPaths.Map(administration.MapGroup("/api/v1"));
        administration.MapGet("/api/v1/audit", AuditTrail.Get);
        administration.MapGet("/exchange/keys", ExchangeKeys.List);
        administration.MapPost("/exchange/keys", ExchangeKeys.Add);
        administration.MapDelete("/exchange/keys/{id}", ExchangeKeys.Remove);
    }

    private static void MapRun(RouteGroupBuilder reading)
    {
        reading.MapGet("/strategies", StrategyList.Get);
        reading.MapGet("/dashboard/pnl", GuideBots.Pnl);
        reading.MapGet("/api/v1/config", RunConfiguration.GetAsync);
        reading.MapGet("/api/v1/presets", PresetList.List);
        reading.MapGet("/api/v1/presets/{name}", PresetList.Get);
        reading.MapGet("/api/v1/accounts", Accounts.List);
        reading.MapGet("/api/v1/accounts/{account}", Accounts.Get);
        reading.MapGet("/api/v1/bots", Accounts.Bots);
        reading.MapGet("/api/v1/risk", Accounts.Risk);
        reading.MapGet("/api/v1/trades", RecordLists.Trades);
        reading.MapGet("/api/v1/fills", RecordLists.Fills);
        reading.MapGet("/api/v1/orders", RecordLists.Orders);
        reading.MapGet("/api/v1/equity", RecordLists.Equity);
        reading.MapGet("/api/v1/decisions", RecordLists.Decisions);
        reading.MapGet("/api/v1/pairs", PortfolioAnswers.Pairs);
        reading.MapGet("/api/v1/runbot/config", PortfolioAnswers.Config);
        reading.MapGet("/price/{pair}", PortfolioAnswers.Price);
        reading.MapGet("/api/v1/events", RecordLists.Events);
        reading.MapGet("/api/v1/performance/metrics", PerformanceMetrics.Get);
        reading.MapGet("/api/v1/performance/report", PerformanceReport.Get);
        reading.MapGet("/api/v1/trading/positions", Positions.Get);
        reading.MapGet("/api/v1/orders/live", LiveOrders.List);
        reading.MapGet("/api/v1/events/live", EventStream.Get);
        reading.MapLive();
    }

    private static void MapMarkets(RouteGroupBuilder reading)
    {
        reading.MapGet("/api/v1/market/prices", Prices.Get);
        reading.MapGet("/api/v1/market/klines/{symbol}", Klines.Get);
        reading.MapPost("/api/v1/indicators/calculate", IndicatorCalculation.Run);
        reading.MapPost("/api/v1/trading/signal", StrategySignal.Ask);
        reading.MapGet("/api/v1/data/available", StoredSeries.List);
        reading.MapGet("/api/features/levels", LevelFeature.Get);
        reading.MapGet("/api/features/activity", ActivityFeature.Get);
        reading.MapGet("/api/features/density", DensityFeature.Get);
        reading.MapGet("/api/features/health", FeatureHealth.Get);
        reading.MapGet("/api/v1/jobs", JobAnswers.List);
        reading.MapGet("/api/v1/jobs/{job}", JobAnswers.Get);
        reading.MapGet("/api/v1/jobs/{job}/result", JobAnswers.Result);
        reading.MapGet("/api/v1/jobs/{job}/report", JobAnswers.Report);
    }

    private static void MapSteering(RouteGroupBuilder steering)
    {
        steering.MapPost("/bot/start", GuideBots.StartAsync);
        steering.MapPost("/bot/stop", GuideBots.StopAsync);
        steering.MapPost("/api/v1/backtest/run", BacktestRuns.Run);
        steering.MapPost("/api/v1/data/collect", MarketJobs.Collect);
        steering.MapPost("/api/v1/scan/run", MarketJobs.Scan);
        steering.MapPost("/api/v1/stream/start", MarketJobs.StartStream);
        steering.MapPost("/api/v1/stream/stop", MarketJobs.StopStream);
        steering.MapPost("/api/v1/config/reload", RunConfiguration.ReloadAsync).AddEndpointFilter(RunConfiguration.OnlyIfMatches);
        steering.MapPost("/api/v1/trading/execute", HandTrading.ExecuteAsync);
        steering.MapPost("/api/v1/orders/{order}/cancel", HandTrading.CancelAsync);
        steering.MapPost("/api/v1/jobs/{job}/cancel", JobAnswers.Cancel);
        steering.MapPost("/api/v1/pairs", PortfolioAnswers.PutPair);
        steering.MapPost("/api/v1/runbot/config", PortfolioAnswers.Change);
        foreach ((string word, AccountOrder order) in BotOrders.ToBots)
        {
            steering.MapPost($"/api/v1/accounts/{{account}}/bots/{{bot}}/{word}", (string account, string bot, ApiSources sources, ClaimsPrincipal who, OrderBody? body) =>
                BotOrders.GiveAsync(sources, who, (account, bot), order, body));
        }

        foreach ((string word, AccountOrder order) in BotOrders.ToAccounts)
        {
            steering.MapPost($"/api/v1/accounts/{{account}}/{word}", (string account, ApiSources sources, ClaimsPrincipal who, OrderBody? body) =>
                BotOrders.GiveAsync(sources, who, (account, null), order, body));
        }

        BotChanges.Map(steering.MapGroup("/api/v1"));
        steering.MapPost("/api/v1/panic", static (ApiSources sources, ClaimsPrincipal who, OrderBody? body) => BotOrders.GiveAsync(sources, who, default, AccountOrder.Panic, body));
    }
}

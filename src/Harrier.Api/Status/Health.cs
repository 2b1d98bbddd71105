using System.Globalization;
using Harrier.Api.Hosting;
using Harrier.Api.Live;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Status;

/// <summary>Whether all is well.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> (something is not as it should be, and the service works) or <c>unhealthy</c>.</param>
/// <param name="Components">Each part and how it is.</param>
/// <param name="Timestamp">When it was looked at.</param>
public sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Components, DateTimeOffset Timestamp);

/// <summary><c>GET /health</c>.</summary>
internal static class Health
{
    private const string Dead = "failed";

    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(30);

    /// <summary>Tells whether the service and its bots are well; 503 only when they are not at all.</summary>
    public static Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>> Get(ApiSources sources, LiveHub hub)
    {
        DateTimeOffset now = sources.Time.GetUtcNow();
        Dictionary<string, string> components = new(StringComparer.Ordinal) { ["api"] = "ok" };
        IReadOnlyList<AccountStatus> accounts = sources.Desk.Status;
        if (accounts.Count == 0)
        {
            components["accounts"] = "none is open yet";
        }

        foreach (AccountStatus account in accounts)
        {
            components["account " + account.Name] = Look(account, now);
        }

        bool isWell = components.Values.All(static text => text == "ok");
        components["websocket"] = string.Create(CultureInfo.InvariantCulture, $"{hub.Streams.Sum(static stream => stream.Clients)} connections");
        string status = isWell ? "healthy" : accounts.Any(account => components["account " + account.Name] == Dead) ? "unhealthy" : "degraded";
        HealthAnswer answer = new(status, components, now);
        return status == "unhealthy" ? TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable) : TypedResults.Ok(answer);
    }

    /// <summary>Tells that the process answers, whatever its bots do: who restarts processes asks this.</summary>
    public static Ok<HealthAnswer> Live(ApiSources sources) =>
        TypedResults.Ok(new HealthAnswer("healthy", new Dictionary<string, string>(StringComparer.Ordinal) { ["api"] = "ok" }, sources.Time.GetUtcNow()));

    /// <summary>Tells whether accounts are open and told of themselves lately; 503 while they are not: who sends requests here asks this.</summary>
    public static Results<Ok<HealthAnswer>, JsonHttpResult<HealthAnswer>> Ready(ApiSources sources)
    {
        DateTimeOffset now = sources.Time.GetUtcNow();
        Dictionary<string, string> components = sources.Desk.Status.ToDictionary(
            static account => "account " + account.Name, account => now - account.Time.ToDateTimeOffset() > Stale ? "not heard of" : "ok", StringComparer.Ordinal);
        bool isReady = components.Count > 0 && components.Values.All(static text => text == "ok");
        HealthAnswer answer = new(isReady ? "healthy" : "unhealthy", components, now);
        return isReady ? TypedResults.Ok(answer) : TypedResults.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string Look(AccountStatus account, DateTimeOffset now)
    {
        if (now - account.Time.ToDateTimeOffset() > Stale || account.Bots.All(static bot => bot.State == BotState.Error))
        {
            return Dead;
        }

        // Somebody wanted that: nothing that a restart would put right.
        if (account.Bots.All(static bot => bot.State == BotState.Stopped))
        {
            return "all bots are stopped";
        }

        string[] books = [.. account.Symbols.Where(static symbol => symbol.Book is not (null or "verified")).Select(static symbol => symbol.Symbol)];
        return books.Length == 0 ? "ok" : "books not verified: " + string.Join(", ", books);
    }
}

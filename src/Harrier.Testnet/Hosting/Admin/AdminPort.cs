using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting.Faults;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Hosting.Admin;

/// <summary>The operator's port: faults, truth, accounts, clock, market. Errors are problem details.</summary>
/// <param name="options">Seed of keys.</param>
/// <param name="markets">All markets.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="actions">What an operator can do with markets.</param>
internal sealed class AdminPort(TestnetOptions options, IReadOnlyList<HostedMarket> markets, FaultInjector faults, MarketActions actions)
{
    private const string JsonType = "application/json";
    private const string ProblemType = "application/problem+json";
    private const double LongestDelayMs = 3_600_000;

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        using MemoryStream answer = new();
        int status = 200;
        string type = JsonType;
        try
        {
            using Utf8JsonWriter json = new(answer);
            Handle(context.Request.Method, context.Request.Path.Value ?? "", body.ToArray(), json);
        }
        catch (AdminRequestException refused)
        {
            answer.SetLength(0);
            (status, type) = (refused.Status, ProblemType);
            using Utf8JsonWriter json = new(answer);
            WriteProblem(json, refused, context.Request.Path.Value ?? "");
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length));
    }

    private static void WriteProblem(Utf8JsonWriter json, AdminRequestException refused, string path)
    {
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", refused.Title);
        json.WriteNumber("status", refused.Status);
        json.WriteString("detail", refused.Message);
        json.WriteString("instance", path);
        json.WriteEndObject();
    }

    private void Handle(string method, string path, byte[] body, Utf8JsonWriter json)
    {
        switch (method, path)
        {
            case ("POST", "/faults"):
                AddFault(body);
                WriteFaults(json);
                break;
            case ("GET", "/faults"):
                WriteFaults(json);
                break;
            case ("DELETE", "/faults"):
                faults.Clear();
                WriteFaults(json);
                break;
            case ("POST", "/accounts"):
                OpenAccount(body, json);
                break;
            case ("POST", "/clock"):
                SetClock(body, json);
                break;
            case ("POST", "/market"):
                actions.Do(body);
                WriteDone(json);
                break;
            case ("GET", _) when path.StartsWith("/truth/", StringComparison.Ordinal):
                WriteTruth(Uri.UnescapeDataString(path["/truth/".Length..]), json);
                break;
            default:
                throw new AdminRequestException(
                    404,
                    "not found",
                    $"{method} {path}: POST, GET or DELETE /faults, GET /truth/{{account}}, POST /accounts, POST /clock, POST /market");
        }
    }

    private static void WriteDone(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("done", true);
        json.WriteEndObject();
    }

    private void AddFault(byte[] body)
    {
        AdminBody request = AdminBody.Read(body, "kind", "venue", "match", "probability", "count", "delayMs");
        string kind = request.Required("kind");
        if (!FaultNames.ByName.TryGetValue(kind, out FaultKind known))
        {
            throw AdminRequestException.Invalid("kind", kind, "one of " + string.Join(", ", FaultNames.ByName.Keys.Order(StringComparer.Ordinal)));
        }

        string venue = request.Text("venue") ?? "";
        if (!markets.Any(m => m.FrontEnd.Venue.StartsWith(venue, StringComparison.OrdinalIgnoreCase)))
        {
            throw AdminRequestException.Invalid("venue", venue, "one of " + string.Join(", ", markets.Select(m => m.FrontEnd.Venue)));
        }

        faults.Add(new FaultPlan(known)
        {
            Venue = venue,
            Match = request.Text("match") ?? "",
            Probability = (double)(request.Number("probability", 0, 1) ?? 1),
            Count = (int)(request.Number("count", 0, int.MaxValue) ?? 0),
            Delay = TimeSpan.FromMilliseconds((double)(request.Number("delayMs", (decimal)-LongestDelayMs, (decimal)LongestDelayMs) ?? 0)),
        });
    }

    private void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("injected", faults.Injected);
        json.WriteStartArray("faults");
        foreach ((FaultPlan plan, int struck) in faults.Plans)
        {
            json.WriteStartObject();
            json.WriteString("kind", FaultNames.ByName.First(n => n.Value == plan.Kind).Key);
            json.WriteString("venue", plan.Venue);
            json.WriteString("match", plan.Match);
            json.WriteNumber("probability", plan.Probability);
            json.WriteNumber("count", plan.Count);
            json.WriteNumber("delayMs", plan.Delay.TotalMilliseconds);
            json.WriteNumber("struck", struck);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void OpenAccount(byte[] body, Utf8JsonWriter json)
    {
        AdminBody request = AdminBody.Read(body, "name", "balances", "canTrade", "canWithdraw", "ipRestricted");
        string name = request.Required("name");
        if (name.Length is 0 or > 64 || markets.Any(m => m.Facts.Core.ByName(name) is not null))
        {
            throw AdminRequestException.Invalid("name", name, "1 to 64 letters that no account has yet");
        }

        AccountPermissions permissions = new(request.Flag("canTrade") ?? true, request.Flag("canWithdraw") ?? false, request.Flag("ipRestricted") ?? false);
        IReadOnlyDictionary<string, decimal>? balances = request.Amounts("balances");
        AccountTerms terms = TestnetAccounts.Terms(options.Seed, name) with { Permissions = permissions };
        foreach (HostedMarket market in markets)
        {
            lock (market.Facts.Core.Gate)
            {
                _ = market.Facts.Core.OpenAccount(terms with { Balances = balances ?? market.OpeningBalances });
            }
        }

        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("key", terms.ApiKey);
        json.WriteString("secret", terms.Secret);
        foreach (HostedMarket market in markets)
        {
            market.FrontEnd.WriteKeys(json, name);
        }

        json.WriteEndObject();
    }

    private void SetClock(byte[] body, Utf8JsonWriter json)
    {
        AdminBody request = AdminBody.Read(body, "offsetMs");
        decimal offset = request.Number("offsetMs", -86_400_000, 86_400_000) ?? throw AdminRequestException.Invalid("offsetMs", "absent", "milliseconds");
        foreach (HostedMarket market in markets)
        {
            lock (market.Facts.Core.Gate)
            {
                market.Facts.Core.SetClockOffset(TimeSpan.FromMilliseconds((double)offset));
            }
        }

        json.WriteStartObject();
        json.WriteString("offsetMs", offset.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private void WriteTruth(string name, Utf8JsonWriter json)
    {
        bool isKnown = false;
        json.WriteStartObject();
        json.WriteString("account", name);
        json.WriteStartObject("venues");
        foreach (HostedMarket market in markets)
        {
            ExchangeCore core = market.Facts.Core;
            lock (core.Gate)
            {
                if (core.ByName(name) is { } account)
                {
                    isKnown = true;
                    json.WritePropertyName(market.FrontEnd.Venue);
                    TruthText.Write(json, core, account, market.FrontEnd);
                }
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        if (!isKnown)
        {
            throw new AdminRequestException(404, "not found", $"account: {name}: the name of an account");
        }
    }
}

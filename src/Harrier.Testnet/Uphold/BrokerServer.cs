using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Harrier.Testnet.Uphold;

/// <summary>Requests by HTTP: faults, limits, tokens, then the call inside the core's gate.</summary>
internal sealed class BrokerServer(ExchangeCore core, BrokerApi api, (RequestLimits Limits, FaultInjector Faults) rules, (TokenBook Tokens, TimeProvider Time) parts)
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string Bearer = "Bearer ";

    private static readonly byte[] _firewallPage = Encoding.ASCII.GetBytes("<html><head><title>403 Forbidden</title></head><body><h1>Access denied</h1></body></html>");

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        (JsonElement Json, string Text) body = await BodyOf(context.Request);
        FaultPlan? fault = rules.Faults.ForRequest(UpholdFrontEnd.VenueName, $"{context.Request.Method} {context.Request.Path.Value}");
        if (fault is not null && await DisturbAsync(context, fault))
        {
            return;
        }

        (BrokerAnswer answer, byte[] text) = Answer(context, fault, body);
        if (fault is { Kind: FaultKind.CutAfter })
        {
            context.Abort();
            return;
        }

        if (fault is { Kind: FaultKind.ServerErrorAfter })
        {
            await RefuseAsync(context, BrokerRefusal.ServerError);
            return;
        }

        if (answer.Refusal is { } refusal)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        if (answer.Range is { } range)
        {
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"items {range.First}-{Math.Max(range.First, range.Last)}/{range.Total}");
        }

        await RawHttp.WriteAsync(context, answer.Range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent, JsonType, text);
    }

    private (BrokerAnswer Answer, byte[] Text) Answer(HttpContext context, FaultPlan? fault, (JsonElement Json, string Text) body)
    {
        string address = RawHttp.AddressOf(context);
        RateWindow window = rules.Limits.Weight;
        if (window.Add(address, 1, core.Now) > window.Rule.Limit)
        {
            return (BrokerRefusal.TooMany((int)Math.Ceiling(window.Remaining(core.Now).TotalSeconds)), []);
        }

        string path = context.Request.Path.Value ?? "";
        lock (core.Gate)
        {
            string authorization = context.Request.Headers.Authorization.ToString();
            BrokerAnswer answer = path == "/oauth2/token" && context.Request.Method == "POST"
                ? parts.Tokens.Issue(authorization, body.Text)
                : api.Run(new BrokerCall(context.Request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..], body.Json)
                {
                    Query = Uri.UnescapeDataString(context.Request.QueryString.Value ?? "").TrimStart('?'),
                    Range = context.Request.Headers.Range.Count > 0 ? context.Request.Headers.Range.ToString() : null,
                    HasPassword = context.Request.Headers["OTP-Token"].ToString().Length > 0,
                    WantsPassword = fault is { Kind: FaultKind.Password },
                    Account = authorization.StartsWith(Bearer, StringComparison.Ordinal) ? parts.Tokens.OwnerOf(authorization[Bearer.Length..]) : null,
                });
            return (answer, answer.Write is { } write ? TextOf(write) : []);
        }
    }

    /// <summary>Does what goes wrong before the request has an effect.</summary>
    /// <returns>Whether the request ends here.</returns>
    private async Task<bool> DisturbAsync(HttpContext context, FaultPlan fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                // What was sent arrives in the end, also when whoever sent it no longer waits.
                await Task.Delay(fault.Delay, parts.Time, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
                return false;
            case FaultKind.Cut:
                context.Abort();
                return true;
            case FaultKind.Html:
                await RawHttp.WriteProxyPageAsync(context);
                return true;
            case FaultKind.Banned:
                await RawHttp.WriteAsync(context, StatusCodes.Status403Forbidden, "text/html", _firewallPage);
                return true;
            case FaultKind.TooManyRequests:
                await RefuseAsync(context, BrokerRefusal.TooMany((int)Math.Max(1, Math.Ceiling(fault.Delay.TotalSeconds))));
                return true;
            case FaultKind.ServerError:
                await RefuseAsync(context, BrokerRefusal.ServerError);
                return true;
            case FaultKind.Maintenance:
                await RefuseAsync(context, BrokerRefusal.Unavailable);
                return true;
            default:
                return false;
        }
    }

    private static async Task<(JsonElement Json, string Text)> BodyOf(HttpRequest request)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync();
        try
        {
            return (text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default, text);
        }
        catch (JsonException)
        {
            // Answered by the call like a body that lacks everything.
            return (default, text);
        }
    }

    private static Task RefuseAsync(HttpContext context, BrokerRefusal refusal)
    {
        if (refusal.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.WantsPassword)
        {
            context.Response.Headers["OTP-Token"] = "Required";
        }

        return RawHttp.WriteAsync(context, refusal.Status, JsonType, TextOf(json => BrokerText.Refusal(json, refusal)));
    }

    private static byte[] TextOf(Action<Utf8JsonWriter> write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            write(json);
        }

        return text.ToArray();
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Bybit.Requests;

/// <summary>Requests by HTTP: reads query and body as sent, passes them through the gate and its faults, writes the envelope and headers.</summary>
/// <param name="gate">Checks and handlers.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="time">Clock of delays.</param>
internal sealed class BybitRest(BybitGate gate, FaultInjector faults, TimeProvider time)
{
    private const string JsonType = "application/json; charset=utf-8";

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (gate.ByPath(context.Request.Method, path) is not { } endpoint)
        {
            await RefuseAsync(context, new BybitFault(10017, "request path not found or request method is invalid") { Status = 404 });
            return;
        }

        byte[] body = await RawHttp.BodyOf(context.Request);
        bool isQuery = HttpMethods.IsGet(context.Request.Method);
        if (isQuery && body.Length > 0)
        {
            await RefuseAsync(context, new BybitFault(403, "Bad request.") { Status = 403 });
            return;
        }

        string query = RawHttp.QueryOf(context);
        using BybitCall call = gate.Open(isQuery ? BybitParameters.OfQuery(query) : BybitParameters.OfBody(body));
        FaultPlan? fault = faults.ForRequest(gate.VenueOf(call.Parameters), endpoint.Subject);
        if (fault is not null && await DisturbAsync(context, fault))
        {
            return;
        }

        BybitFault? refusal = gate.Run(endpoint, call, CallerOf(context, isQuery ? Encoding.UTF8.GetBytes(query) : body, fault));
        if (fault is { Kind: FaultKind.CutAfter })
        {
            context.Abort();
            return;
        }

        refusal = fault is { Kind: FaultKind.ServerErrorAfter } ? BybitFault.TimedOut : refusal;
        await AnswerAsync(context, endpoint, call, refusal);
    }

    private static BybitCaller CallerOf(HttpContext context, byte[] payload, FaultPlan? fault)
    {
        IHeaderDictionary headers = context.Request.Headers;
        return new BybitCaller(RawHttp.AddressOf(context))
        {
            Key = headers["X-BAPI-API-KEY"].ToString(),
            Timestamp = headers["X-BAPI-TIMESTAMP"].ToString(),
            Window = headers["X-BAPI-RECV-WINDOW"].ToString(),
            Signature = headers["X-BAPI-SIGN"].ToString(),
            Payload = payload,
            Skew = fault is { Kind: FaultKind.ClockSkew } ? fault.Delay : TimeSpan.Zero,
        };
    }

    /// <summary>Does what goes wrong before the request has an effect.</summary>
    /// <returns>Whether the request ends here.</returns>
    private async Task<bool> DisturbAsync(HttpContext context, FaultPlan fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, time, context.RequestAborted);
                return false;
            case FaultKind.Cut:
                context.Abort();
                return true;
            case FaultKind.Html:
                await RawHttp.WriteProxyPageAsync(context);
                return true;
            case FaultKind.TooManyRequests:
                await RefuseAsync(context, BybitFault.TooManyVisits with { RetryAt = gate.Now + (fault.Delay > TimeSpan.Zero ? fault.Delay : TimeSpan.FromSeconds(1)) });
                return true;
            case FaultKind.Banned:
                await RefuseAsync(context, BybitFault.AccessTooFrequent);
                return true;
            case FaultKind.ServerError:
                await RefuseAsync(context, BybitFault.ServerError);
                return true;
            case FaultKind.Maintenance:
                await RefuseAsync(context, BybitFault.Restarting);
                return true;
            default:
                return false;
        }
    }

    private async Task RefuseAsync(HttpContext context, BybitFault fault)
    {
        using BybitCall call = gate.Open(BybitParameters.OfQuery(""));
        await AnswerAsync(context, endpoint: null, call, fault);
    }

    private static async Task AnswerAsync(HttpContext context, BybitEndpoint? endpoint, BybitCall call, BybitFault? fault)
    {
        if (fault is { Status: 403 })
        {
            await RawHttp.WriteAsync(context, 403, "text/plain", Encoding.ASCII.GetBytes(fault.Message));
            return;
        }

        HttpResponse response = context.Response;
        WriteLimit(response.Headers, call, fault);
        using JsonScratch scratch = new();
        BybitEnvelope.Write(scratch.Start(), endpoint, call, fault);
        response.StatusCode = fault?.Status ?? 200;
        response.ContentType = JsonType;
        response.ContentLength = scratch.Text.Length;
        response.BodyWriter.Write(scratch.Text);
        _ = await response.BodyWriter.FlushAsync();
    }

    private static void WriteLimit(IHeaderDictionary headers, BybitCall call, BybitFault? fault)
    {
        if (call.Use is { } use)
        {
            headers["X-Bapi-Limit"] = use.Limit.ToString(CultureInfo.InvariantCulture);
            headers["X-Bapi-Limit-Status"] = Math.Max(0, use.Left).ToString(CultureInfo.InvariantCulture);
        }

        if ((fault?.RetryAt ?? (call.Use is null ? null : call.Now)) is { } reset)
        {
            headers["X-Bapi-Limit-Reset-Timestamp"] = reset.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}

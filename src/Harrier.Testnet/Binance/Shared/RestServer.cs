using System.Buffers;
using System.Globalization;
using System.Text;
using Harrier.Domain;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>Requests by HTTP: reads query and body as sent, passes them through the gate and its faults, writes answer and headers.</summary>
/// <param name="venue">Venue id, for matching faults.</param>
/// <param name="gate">Checks and handlers.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="time">Clock of delays.</param>
internal sealed class RestServer(string venue, ApiGate gate, FaultInjector faults, TimeProvider time)
{
    private const string JsonType = "application/json;charset=UTF-8";

    private static readonly byte[] _notFound = Encoding.ASCII.GetBytes("<html><body><h2>404 Not found</h2></body></html>");

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (gate.ByPath(context.Request.Method, path) is not { } endpoint)
        {
            await RawHttp.WriteAsync(context, 404, "text/html", _notFound);
            return;
        }

        FaultPlan? fault = faults.ForRequest(venue, endpoint.Subject);
        if (fault is not null && await DisturbAsync(context, fault))
        {
            return;
        }

        byte[] body = await RawHttp.BodyOf(context.Request);
        ApiCall call = gate.Rent();
        try
        {
            ApiFault? refusal = Run(context, endpoint, call, body, fault);
            if (fault is { Kind: FaultKind.CutAfter })
            {
                context.Abort();
                return;
            }

            refusal = fault is { Kind: FaultKind.ServerErrorAfter } ? ApiFault.TimedOut : refusal;
            await AnswerAsync(context, endpoint, call, refusal);
        }
        finally
        {
            gate.Return(call);
        }
    }

    private ApiFault? Run(HttpContext context, ApiEndpoint endpoint, ApiCall call, byte[] body, FaultPlan? fault)
    {
        string query = RawHttp.QueryOf(context);
        string form = Encoding.UTF8.GetString(body);
        IHeaderDictionary headers = context.Request.Headers;
        call.IsMicroseconds = headers["X-MBX-TIME-UNIT"].ToString().Equals("MICROSECOND", StringComparison.OrdinalIgnoreCase);
        QueryText.Read(query, call.Parameters, isBody: false);
        QueryText.Read(form, call.Parameters, isBody: true);
        ApiCaller caller = new(RawHttp.AddressOf(context), headers["X-MBX-APIKEY"].ToString())
        {
            SignedPayload = Encoding.UTF8.GetBytes(QueryText.WithoutSignature(query) + QueryText.WithoutSignature(form)),
            Skew = fault is { Kind: FaultKind.ClockSkew } ? fault.Delay : TimeSpan.Zero,
        };
        return gate.Run(endpoint, call, caller);
    }

    /// <summary>Does what goes wrong before the request has an effect.</summary>
    /// <returns>Whether the request ends here.</returns>
    private async Task<bool> DisturbAsync(HttpContext context, FaultPlan fault)
    {
        Timestamp now = gate.Core.Now;
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
                await RefuseAsync(context, ApiGate.TooManyRequests(gate.Limits.Weight.Rule, now + RetryOf(fault)));
                return true;
            case FaultKind.Banned:
                await RefuseAsync(context, ApiGate.Banned(now + RetryOf(fault)));
                return true;
            case FaultKind.ServerError:
                await RefuseAsync(context, ApiFault.Overloaded);
                return true;
            case FaultKind.Maintenance:
                await RefuseAsync(context, ApiFault.ShuttingDown);
                return true;
            default:
                return false;
        }
    }

    private static TimeSpan RetryOf(FaultPlan fault) => fault.Delay > TimeSpan.Zero ? fault.Delay : TimeSpan.FromSeconds(1);

    private async Task RefuseAsync(HttpContext context, ApiFault fault)
    {
        ApiCall call = gate.Rent();
        try
        {
            await AnswerAsync(context, endpoint: null, call, fault);
        }
        finally
        {
            gate.Return(call);
        }
    }

    private async Task AnswerAsync(HttpContext context, ApiEndpoint? endpoint, ApiCall call, ApiFault? fault)
    {
        HttpResponse response = context.Response;
        int weight = gate.Limits.Weight.Used(RawHttp.AddressOf(context), call.Now);
        response.Headers["X-MBX-USED-WEIGHT"] = weight.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-MBX-USED-WEIGHT-" + gate.Limits.Weight.Rule.Suffix] = weight.ToString(CultureInfo.InvariantCulture);
        if (endpoint is { Orders: > 0 } && fault is null && call.Account is { } account)
        {
            foreach (RateWindow window in gate.Limits.Orders)
            {
                response.Headers["X-MBX-ORDER-COUNT-" + window.Rule.Suffix] = window.Used(account.Name, call.Now).ToString(CultureInfo.InvariantCulture);
            }
        }

        response.StatusCode = 200;
        if (fault is not null)
        {
            Refuse(response, call, fault);
        }

        WriteBody(response, call);
        _ = await response.BodyWriter.FlushAsync();
    }

    private static void WriteBody(HttpResponse response, ApiCall call)
    {
        call.Json.Flush();
        response.ContentType = JsonType;
        response.ContentLength = call.Body.Length;
        response.BodyWriter.Write(call.Body);
    }

    private static void Refuse(HttpResponse response, ApiCall call, ApiFault fault)
    {
        response.StatusCode = fault.Status;
        if (fault.RetryAt is { } retry)
        {
            long seconds = (long)Math.Max(1, Math.Ceiling((retry - call.Now).TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        call.ClearAnswer();
        FaultText.Write(call.Json, fault);
    }
}

using System.Text.Json;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>The WebSocket API of one market: requests in envelopes, answered by the same handlers as those by HTTP.</summary>
/// <param name="options">How sockets are treated.</param>
/// <param name="gate">Checks and handlers.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="time">Clock of delays and life.</param>
/// <param name="onEnd">Told when a connection ended, inside the gate.</param>
internal sealed class SocketApiServer(StreamServerOptions options, ApiGate gate, FaultInjector faults, TimeProvider time, Action<SocketApiSession> onEnd)
{
    private const int ConnectWeight = 2;

    private static readonly ApiFault _malformed = ApiFault.Bad(-1135, "Invalid JSON Request.");
    private static readonly ApiFault _unknownMethod = ApiFault.Bad(-1000, "Unknown method.");

    /// <summary>Serves one connection until its end.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!SocketLink.IsAskedFor(context) || gate.Charge(address, ConnectWeight, gate.Core.Now) is not null)
        {
            context.Response.StatusCode = SocketLink.IsAskedFor(context) ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest;
            return;
        }

        using SocketLink link = await SocketLink.AcceptAsync(context, options.Sockets, time);
        SocketApiSession session = new(new StreamClient(options.Venue, link, faults), gate.Core.Now.UnixMilliseconds)
        {
            ReturnsLimits = context.Request.Query["returnRateLimits"] != "false",
            IsMicroseconds = context.Request.Query["timeUnit"] == "MICROSECOND",
        };
        using CancellationTokenSource ended = new();
        Task life = SocketLife.WatchAsync(link.EndAsync, options.Sockets, () => GiveNotice(session), time, ended.Token);
        try
        {
            await link.RunAsync(message => Take(session, address, message.Span));
        }
        finally
        {
            lock (gate.Core.Gate)
            {
                onEnd(session);
            }

            await ended.CancelAsync();
            await life;
        }
    }

    private void GiveNotice(SocketApiSession session)
    {
        string notice = FormattableString.Invariant($$$"""{"event":{"e":"serverShutdown","E":{{{gate.Core.Now.UnixMilliseconds}}}}}""");
        session.Client.Answer(System.Text.Encoding.ASCII.GetBytes(notice));
    }

    private bool Take(SocketApiSession session, string address, ReadOnlySpan<byte> message)
    {
        if (SocketRequest.Read(message) is not { } request)
        {
            Refuse(session, SocketRequest.NoId, _malformed);
            return true;
        }

        FaultPlan? fault = faults.ForRequest(options.Venue, request.Method);
        switch (fault?.Kind)
        {
            case FaultKind.Delay:
                _ = LaterAsync(session, address, request, fault.Delay);
                return true;
            case FaultKind.Cut:
                session.Client.Link.Cut();
                return true;
            case FaultKind.TooManyRequests:
                Refuse(session, request.Id, ApiGate.TooManyRequests(gate.Limits.Weight.Rule, gate.Core.Now + fault.Delay));
                return true;
            case FaultKind.Banned:
                Refuse(session, request.Id, ApiGate.Banned(gate.Core.Now + fault.Delay));
                return true;
            case FaultKind.ServerError:
                Refuse(session, request.Id, ApiFault.Overloaded);
                return true;
            case FaultKind.Maintenance:
                Refuse(session, request.Id, ApiFault.ShuttingDown);
                return true;
            default:
                Serve(session, address, request, fault);
                return true;
        }
    }

    private async Task LaterAsync(SocketApiSession session, string address, SocketRequest request, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Serve(session, address, request, fault: null);
    }

    private void Serve(SocketApiSession session, string address, SocketRequest request, FaultPlan? fault)
    {
        if (gate.BySocketMethod(request.Method) is not { } endpoint)
        {
            Refuse(session, request.Id, _unknownMethod);
            return;
        }

        ApiCall call = gate.Rent();
        try
        {
            call.Session = session;
            call.IsMicroseconds = session.IsMicroseconds;
            string key = Fill(call.Parameters, request, endpoint);
            call.Parameters.Ignore("returnRateLimits");
            ApiCaller caller = new(address, key)
            {
                SignedPayload = endpoint.Security > ApiSecurity.Key ? request.SignedPayload() : default,
                Skew = fault is { Kind: FaultKind.ClockSkew } ? fault.Delay : TimeSpan.Zero,
            };
            ApiFault? refusal = gate.Run(endpoint, call, caller);
            if (fault is { Kind: FaultKind.CutAfter })
            {
                session.Client.Link.Cut();
                return;
            }

            Answer(session, request.Id, (endpoint, call, address), fault is { Kind: FaultKind.ServerErrorAfter } ? ApiFault.TimedOut : refusal);
        }
        finally
        {
            gate.Return(call);
        }
    }

    private static string Fill(ApiParameters parameters, SocketRequest request, ApiEndpoint endpoint)
    {
        string key = "";
        foreach ((string name, string value) in request.Parameters)
        {
            if (name == "apiKey")
            {
                key = value;
            }
            else if (endpoint.Security != ApiSecurity.None || name is not ("signature" or "timestamp"))
            {
                parameters.Add(name, value);
            }
        }

        return key;
    }

    private void Refuse(SocketApiSession session, byte[] id, ApiFault fault)
    {
        using JsonScratch scratch = new();
        Utf8JsonWriter json = scratch.Start();
        StartEnvelope(json, id, fault.Status);
        WriteError(json, fault);
        json.WriteEndObject();
        session.Client.Answer(scratch.Text);
    }

    private void Answer(SocketApiSession session, byte[] id, (ApiEndpoint Endpoint, ApiCall Call, string Address) done, ApiFault? fault)
    {
        using JsonScratch scratch = new();
        Utf8JsonWriter json = scratch.Start();
        StartEnvelope(json, id, fault?.Status ?? 200);
        if (fault is null)
        {
            done.Call.Json.Flush();
            json.WritePropertyName("result"u8);
            json.WriteRawValue(done.Call.Body, skipInputValidation: true);
        }
        else
        {
            WriteError(json, fault);
        }

        bool? wanted = done.Call.Parameters.Peek("returnRateLimits") is { } text ? text == "true" : null;
        if (wanted ?? session.ReturnsLimits)
        {
            WriteLimits(json, done.Endpoint, done.Call, done.Address);
        }

        json.WriteEndObject();
        session.Client.Answer(scratch.Text);
    }

    private static void StartEnvelope(Utf8JsonWriter json, byte[] id, int status)
    {
        json.WriteStartObject();
        json.WritePropertyName("id"u8);
        json.WriteRawValue(id, skipInputValidation: true);
        json.WriteNumber("status"u8, status);
    }

    private void WriteError(Utf8JsonWriter json, ApiFault fault)
    {
        json.WritePropertyName("error"u8);
        if (fault.RetryAt is not { } retry)
        {
            FaultText.Write(json, fault);
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("code"u8, fault.Code);
        json.WriteString("msg"u8, fault.Message);
        json.WriteStartObject("data"u8);
        json.WriteNumber("serverTime"u8, gate.Core.Now.UnixMilliseconds);
        json.WriteNumber("retryAfter"u8, retry.UnixMilliseconds);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteLimits(Utf8JsonWriter json, ApiEndpoint endpoint, ApiCall call, string address)
    {
        json.WriteStartArray("rateLimits"u8);
        if (endpoint.Orders > 0 && call.Account is { } account)
        {
            foreach (RateWindow window in gate.Limits.Orders)
            {
                WriteLimit(json, window.Rule, window.Used(account.Name, call.Now));
            }
        }

        WriteLimit(json, gate.Limits.Weight.Rule, gate.Limits.Weight.Used(address, call.Now));
        json.WriteEndArray();
    }

    /// <summary>One entry of a list of limits, with or without what is used of it.</summary>
    public static void WriteLimit(Utf8JsonWriter json, RateRule rule, int? count)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType"u8, rule.Type);
        json.WriteString("interval"u8, rule.Unit);
        json.WriteNumber("intervalNum"u8, rule.Count);
        json.WriteNumber("limit"u8, rule.Limit);
        if (count is { } used)
        {
            json.WriteNumber("count"u8, used);
        }

        json.WriteEndObject();
    }
}

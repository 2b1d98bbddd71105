using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>The order socket: the requests of <c>/v5/order</c> in envelopes, answered by the same handlers and counted against the same limits.</summary>
/// <param name="gate">Checks and handlers.</param>
/// <param name="login">Proves accounts.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="time">Clock of delays.</param>
internal sealed class BybitTradeOperations(BybitGate gate, BybitLogin login, FaultInjector faults, TimeProvider time) : IBybitOperations
{
    private const int RememberedIds = 100_000;

    private static readonly BybitFault _unknown = new(10404, "op type is not found");
    private static readonly BybitFault _repeated = new(20001, "Repeat auth");
    private static readonly BybitFault _unproven = new(10007, "User authentication failed.");
    private static readonly BybitFault _twice = new(20006, "Duplicated reqId");

    private readonly Dictionary<BybitSession, HashSet<string>> _seen = [];
    private readonly Lock _seenGate = new();

    /// <inheritdoc/>
    public void Do(BybitSession session, string operation, JsonElement message)
    {
        switch (operation)
        {
            case "auth":
                Login(session, message);
                break;
            case "ping":
                Pong(session, message);
                break;
            default:
                Order(session, operation, message);
                break;
        }
    }

    /// <inheritdoc/>
    public void Leave(BybitSession session)
    {
        lock (_seenGate)
        {
            _ = _seen.Remove(session);
        }
    }

    private static string RequestIdOf(JsonElement message) =>
        message.TryGetProperty("reqId", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() ?? "" : "";

    private void Pong(BybitSession session, JsonElement message) => session.Answer(json =>
    {
        if (RequestIdOf(message) is { Length: > 0 } id)
        {
            json.WriteString("reqId"u8, id);
        }

        json.WriteNumber("retCode"u8, 0);
        json.WriteString("retMsg"u8, "OK");
        json.WriteString("op"u8, "pong");
        json.WriteStartArray("data"u8);
        json.WriteStringValue(gate.Now.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteString("connId"u8, session.Id);
    });

    private void Login(BybitSession session, JsonElement message)
    {
        ExchangeAccount? account = null;
        int code = session.AccountName is not null ? _repeated.Code : login.Try(message, out account);
        session.AccountName ??= account?.Name;
        session.Answer(json =>
        {
            json.WriteString("reqId"u8, RequestIdOf(message));
            json.WriteNumber("retCode"u8, code);
            json.WriteString("retMsg"u8, code == 0 ? "OK" : code == _repeated.Code ? _repeated.Message : BybitLogin.MessageOf(code));
            json.WriteString("op"u8, "auth");
            json.WriteString("connId"u8, session.Id);
        });
    }

    private void Order(BybitSession session, string operation, JsonElement message)
    {
        TradeRequest request = new(session, operation, RequestIdOf(message), message.Clone());
        if (gate.ByOperation(operation) is not { } endpoint)
        {
            Refuse(request, _unknown);
            return;
        }

        if (session.AccountName is null)
        {
            Refuse(request, _unproven);
            return;
        }

        if (!IsNew(session, request.Id))
        {
            Refuse(request, _twice);
            return;
        }

        Disturb(request, endpoint, Arguments(message));
    }

    private void Disturb(TradeRequest request, BybitEndpoint endpoint, BybitParameters parameters)
    {
        FaultPlan? fault = faults.ForRequest(gate.VenueOf(parameters), request.Operation);
        switch (fault?.Kind)
        {
            case FaultKind.Delay:
                _ = LaterAsync(request, endpoint, parameters, fault.Delay);
                break;
            case FaultKind.Cut:
                request.Session.Client.Link.Cut();
                break;
            case FaultKind.TooManyRequests:
                Refuse(request, new BybitFault(20003, "Too frequent requests under the same session"));
                break;
            case FaultKind.Banned:
                Refuse(request, new BybitFault(10403, "Exceed IP rate limit."));
                break;
            case FaultKind.ServerError:
                Refuse(request, BybitFault.ServerError);
                break;
            case FaultKind.Maintenance:
                Refuse(request, new BybitFault(10019, "ws trade service is restarting, do not accept new request"));
                break;
            default:
                Run(request, endpoint, parameters, fault);
                break;
        }
    }

    private static BybitParameters Arguments(JsonElement message)
    {
        if (message.TryGetProperty("args", out JsonElement args) && args.ValueKind == JsonValueKind.Array && args.GetArrayLength() == 1 && args[0].ValueKind == JsonValueKind.Object)
        {
            return BybitParameters.Of(args[0].Clone());
        }

        BybitParameters none = BybitParameters.OfQuery("");
        none.Fail(BybitFault.Parameter("args must be one order"));
        return none;
    }

    private bool IsNew(BybitSession session, string id)
    {
        lock (_seenGate)
        {
            if (!_seen.TryGetValue(session, out HashSet<string>? seen))
            {
                _seen.Add(session, seen = []);
            }

            if (seen.Count >= RememberedIds)
            {
                seen.Clear();
            }

            return id.Length == 0 || seen.Add(id);
        }
    }

    private async Task LaterAsync(TradeRequest request, BybitEndpoint endpoint, BybitParameters parameters, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Run(request, endpoint, parameters, fault: null);
    }

    private void Run(TradeRequest request, BybitEndpoint endpoint, BybitParameters parameters, FaultPlan? fault)
    {
        using BybitCall call = gate.Open(parameters);
        (string timestamp, string window) = HeaderOf(request.Message);
        BybitCaller caller = new(request.Session.Address)
        {
            Timestamp = timestamp,
            Window = window,
            ProvenAccount = request.Session.AccountName,
            Skew = fault is { Kind: FaultKind.ClockSkew } ? fault.Delay : TimeSpan.Zero,
        };
        BybitFault? refused = gate.Run(endpoint, call, caller);
        if (fault is { Kind: FaultKind.CutAfter })
        {
            request.Session.Client.Link.Cut();
            return;
        }

        Answer(request, call, fault is { Kind: FaultKind.ServerErrorAfter } ? BybitFault.TimedOut : refused);
    }

    private static (string Timestamp, string Window) HeaderOf(JsonElement message)
    {
        if (!message.TryGetProperty("header", out JsonElement header) || header.ValueKind != JsonValueKind.Object)
        {
            return ("", "");
        }

        return (Text(header, "X-BAPI-TIMESTAMP"), Text(header, "X-BAPI-RECV-WINDOW"));

        static string Text(JsonElement header, string name) => header.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
    }

    private void Refuse(TradeRequest request, BybitFault fault)
    {
        using BybitCall none = gate.Open(BybitParameters.OfQuery(""));
        Answer(request, none, fault);
    }

    private static void Answer(TradeRequest request, BybitCall call, BybitFault? fault) => request.Session.Answer(json =>
    {
        json.WriteString("reqId"u8, request.Id);
        json.WriteNumber("retCode"u8, fault?.Code ?? 0);
        json.WriteString("retMsg"u8, fault?.Message ?? "OK");
        json.WriteString("op"u8, request.Operation);
        BybitEnvelope.WriteResult(json, "data"u8, call, fault);
        if (call.Extra.Length > 0)
        {
            json.WritePropertyName("retExtInfo"u8);
            json.WriteRawValue(call.Extra, skipInputValidation: true);
        }

        json.WriteStartObject("header"u8);
        if (call.Use is { } use)
        {
            json.WriteString("X-Bapi-Limit"u8, use.Limit.ToString(CultureInfo.InvariantCulture));
            json.WriteString("X-Bapi-Limit-Status"u8, Math.Max(0, use.Left).ToString(CultureInfo.InvariantCulture));
            json.WriteString("X-Bapi-Limit-Reset-Timestamp"u8, use.Resets.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteString("Traceid"u8, request.Session.Id + request.Id);
        json.WriteString("Timenow"u8, call.Now.UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteString("connId"u8, request.Session.Id);
    });

    private sealed record TradeRequest(BybitSession Session, string Operation, string Id, JsonElement Message);
}

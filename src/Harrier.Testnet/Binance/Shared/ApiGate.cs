using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>Who asks and how it was signed.</summary>
/// <param name="Address">Network address, for limits.</param>
/// <param name="Key">Key sent; empty for none.</param>
internal readonly record struct ApiCaller(string Address, string Key)
{
    /// <value>Bytes that the signature covers.</value>
    public ReadOnlyMemory<byte> SignedPayload { get; init; }

    /// <value>Error of the venue's clock that a fault pretends.</value>
    public TimeSpan Skew { get; init; }
}

/// <summary>
/// The checks that every request passes, in the venue's order: limits, key, timestamp, signature, order limits; then the handler, inside the
/// exchange's gate.
/// </summary>
/// <param name="core">The exchange.</param>
/// <param name="limits">Its limits.</param>
/// <param name="endpoints">What can be asked.</param>
internal sealed class ApiGate(ExchangeCore core, RequestLimits limits, IReadOnlyList<ApiEndpoint> endpoints)
{
    private const int KeyLength = 64;
    private const decimal DefaultWindow = 5000;
    private const decimal MaxWindow = 60000;

    private readonly ConcurrentBag<ApiCall> _calls = [];
    private readonly FrozenDictionary<(string Method, string Path), ApiEndpoint> _byPath =
        endpoints.Where(e => e.Path.Length > 0).ToFrozenDictionary(e => (e.Method, e.Path));

    private readonly FrozenDictionary<string, ApiEndpoint> _bySocketMethod =
        endpoints.Where(e => e.SocketMethod is not null).ToFrozenDictionary(e => e.SocketMethod ?? "", StringComparer.Ordinal);

    /// <summary>The exchange.</summary>
    public ExchangeCore Core { get; } = core;

    /// <summary>Its limits.</summary>
    public RequestLimits Limits { get; } = limits;

    /// <summary>What a path asks for.</summary>
    public ApiEndpoint? ByPath(string method, string path) => _byPath.GetValueOrDefault((method, path));

    /// <summary>What a socket's method asks for.</summary>
    public ApiEndpoint? BySocketMethod(string method) => _bySocketMethod.GetValueOrDefault(method);

    /// <summary>A call to fill; given back with <see cref="Return"/>.</summary>
    public ApiCall Rent()
    {
        ApiCall call = _calls.TryTake(out ApiCall? used) ? used : new ApiCall();
        call.Now = Core.Now;
        return call;
    }

    /// <summary>Takes a call back.</summary>
    public void Return(ApiCall call)
    {
        call.Reset();
        _calls.Add(call);
    }

    /// <summary>Checks and answers a request; the answer is in the call.</summary>
    public ApiFault? Run(ApiEndpoint endpoint, ApiCall call, in ApiCaller caller)
    {
        int cost = endpoint.CostOf(call.Parameters);
        if (Charge(caller.Address, cost, call.Now) is { } limited)
        {
            return limited;
        }

        if (endpoint.Security != ApiSecurity.None && Authenticate(endpoint, call, caller) is { } refused)
        {
            return refused;
        }

        if (endpoint.Orders > 0 && Limits.OrderLimitReached(call.Owner.Name, call.Now) is { } reached)
        {
            return TooManyOrders(reached, call.Now);
        }

        ApiFault? fault;
        lock (Core.Gate)
        {
            // Counted before the order can fill: its first fill takes it out of the count again.
            CountOrders(endpoint, call, endpoint.Orders);
            fault = endpoint.Handler(call);
            CountOrders(endpoint, call, fault is null ? 0 : -endpoint.Orders);
        }

        if (fault is null && endpoint.IsFreeWhenAccepted)
        {
            _ = Limits.Weight.Add(caller.Address, -cost, call.Now);
        }

        return fault;
    }

    private void CountOrders(ApiEndpoint endpoint, ApiCall call, int count)
    {
        if (endpoint.Orders > 0 && count != 0)
        {
            Limits.CountOrders(call.Owner.Name, count, call.Now);
        }
    }

    /// <summary>Charges weight and says whether the address is over its limit or banned.</summary>
    public ApiFault? Charge(string address, int cost, Timestamp now)
    {
        LimitVerdict verdict = Limits.Charge(address, cost, now);
        return verdict.Status switch
        {
            0 => null,
            418 => Banned(verdict.Until),
            _ => TooManyRequests(verdict.Rule ?? Limits.Weight.Rule, verdict.Until),
        };
    }

    /// <summary>The refusal of a banned address.</summary>
    public static ApiFault Banned(Timestamp until) => new(418, -1003, string.Create(
        CultureInfo.InvariantCulture,
        $"Way too much request weight used; IP banned until {until.UnixMilliseconds}. Please use WebSocket Streams for live updates to avoid bans."))
    { RetryAt = until };

    /// <summary>The refusal of an address that is over a limit.</summary>
    public static ApiFault TooManyRequests(RateRule rule, Timestamp until) => new(429, -1003, string.Create(
        CultureInfo.InvariantCulture,
        $"Too much request weight used; current limit is {rule.Limit} request weight per {rule.Count} {rule.Unit}. Please use WebSocket Streams for live updates to avoid polling the API."))
    { RetryAt = until };

    private static ApiFault TooManyOrders(RateWindow window, Timestamp now) => new(429, -1015, string.Create(
        CultureInfo.InvariantCulture,
        $"Too many new orders; current limit is {window.Rule.Limit} orders per {window.Rule.Count} {window.Rule.Unit}."))
    { RetryAt = now + window.Remaining(now) };

    private static ApiFault? CheckTime(ApiCall call, TimeSpan skew)
    {
        decimal window = call.Parameters.Decimal("recvWindow") ?? DefaultWindow;
        if (!call.Parameters.Has("timestamp"))
        {
            return ApiFault.Missing("timestamp");
        }

        Timestamp? sent = call.TimeParameter("timestamp");
        if (call.Parameters.Fault is { } fault || sent is not { } time)
        {
            return call.Parameters.Fault ?? ApiFault.Missing("timestamp");
        }

        if (window > MaxWindow)
        {
            return ApiFault.Bad(-1131, "recvWindow must be less than 60000");
        }

        TimeSpan age = call.Now + skew - time;
        return age <= TimeSpan.FromSeconds(-1) ? ApiFault.AheadOfServer
            : (decimal)age.TotalMilliseconds > window ? ApiFault.OutsideWindow : null;
    }

    private ApiFault? Authenticate(ApiEndpoint endpoint, ApiCall call, in ApiCaller caller)
    {
        if (caller.Key.Length != KeyLength || caller.Key.AsSpan().ContainsAnyExcept(AlphaNumeric.Letters))
        {
            return ApiFault.BadKeyFormat;
        }

        ExchangeAccount? account;
        lock (Core.Gate)
        {
            account = Core.ByKey(caller.Key);
        }

        if (account is null)
        {
            return ApiFault.BadKey;
        }

        call.Account = account;
        if (endpoint.Security == ApiSecurity.Key)
        {
            // Clients sign what only needs a key; the venue lets them.
            call.Parameters.Ignore("timestamp", "recvWindow", "signature");
            return null;
        }

        if (CheckTime(call, caller.Skew) is { } late)
        {
            return late;
        }

        string signature = call.Parameters.Required("signature");
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (!SignatureCheck.IsValid(account.Secret, caller.SignedPayload.Span, signature))
        {
            return ApiFault.BadSignature;
        }

        return endpoint.Security == ApiSecurity.Trade && !account.Permissions.CanTrade ? ApiFault.BadKey : null;
    }
}

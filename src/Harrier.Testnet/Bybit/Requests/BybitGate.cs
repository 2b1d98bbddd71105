using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Requests;

/// <summary>Who asks and how it was signed.</summary>
/// <param name="Address">Network address, for limits.</param>
internal readonly record struct BybitCaller(string Address)
{
    /// <value>Key sent; empty for none.</value>
    public string Key { get; init; } = "";

    /// <value>Time of the request as sent, in milliseconds.</value>
    public string Timestamp { get; init; } = "";

    /// <value>How old it may be, as sent; empty for the venue's usual.</value>
    public string Window { get; init; } = "";

    /// <value>Signature as sent.</value>
    public string Signature { get; init; } = "";

    /// <value>Query or body, as sent.</value>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <value>The account that a socket has proved already; null when the request has to.</value>
    public string? ProvenAccount { get; init; }

    /// <value>Error of the venue's clock that a fault pretends.</value>
    public TimeSpan Skew { get; init; }
}

/// <summary>
/// The checks that every request passes: limit of the address, key, time, signature, permission, limit of the user; then the handler, inside the
/// exchange's gate.
/// </summary>
/// <param name="markets">Spot and linear.</param>
/// <param name="endpoints">What can be asked.</param>
/// <param name="limits">Limits of it.</param>
internal sealed class BybitGate(BybitMarkets markets, IReadOnlyList<BybitEndpoint> endpoints, BybitLimits limits)
{
    private const long UsualWindow = 5000;
    private const long FutureAllowed = 1000;

    private readonly FrozenDictionary<(string Method, string Path), BybitEndpoint> _byPath = endpoints.ToFrozenDictionary(e => (e.Method, e.Path));
    private readonly FrozenDictionary<string, BybitEndpoint> _byOperation =
        endpoints.Where(e => e.SocketOperation is not null).ToFrozenDictionary(e => e.SocketOperation ?? "", StringComparer.Ordinal);

    /// <summary>Limits of requests.</summary>
    public BybitLimits Limits { get; } = limits;

    /// <summary>The venue's time.</summary>
    public Timestamp Now => markets.Spot.Core.Now;

    /// <summary>What a path asks for.</summary>
    public BybitEndpoint? ByPath(string method, string path) => _byPath.GetValueOrDefault((method, path));

    /// <summary>What an operation of the order socket asks for.</summary>
    public BybitEndpoint? ByOperation(string operation) => _byOperation.GetValueOrDefault(operation);

    /// <summary>A call with the market that its parameters name.</summary>
    public BybitCall Open(BybitParameters parameters) => new(parameters) { Now = Now, Market = markets.Find(parameters.Text("category")) };

    /// <summary>The venue's market that parameters name, or the venue itself, for matching faults.</summary>
    public string VenueOf(BybitParameters parameters) => markets.Find(parameters.Text("category"))?.Venue ?? BybitMarkets.Venue;

    /// <summary>Checks and answers a request; the result is in the call.</summary>
    public BybitFault? Run(BybitEndpoint endpoint, BybitCall call, in BybitCaller caller)
    {
        if (caller.ProvenAccount is null && !Limits.TryCharge(caller.Address, call.Now))
        {
            return BybitFault.AccessTooFrequent;
        }

        if (endpoint.Security != BybitSecurity.None)
        {
            if (Authenticate(endpoint, call, caller) is { } refused)
            {
                return refused;
            }

            call.Use = Limits.Charge(endpoint, call.Market is { IsSpot: true }, call.AccountName ?? "", call.Now);
            if (call.Use is { Left: < 0 } use)
            {
                return BybitFault.TooManyVisits with { RetryAt = use.Resets };
            }
        }

        if (call.Parameters.Fault is { } malformed)
        {
            return malformed;
        }

        lock (markets.Gate)
        {
            BybitFault? fault = endpoint.Handler(call);
            markets.Settle();
            return fault;
        }
    }

    /// <summary>Whether a request's time is the venue's, by its rule: not older than the window, and less than a second ahead.</summary>
    public BybitFault? CheckTime(string timestamp, string window, TimeSpan skew)
    {
        long now = (Now + skew).UnixMilliseconds;
        long allowed = UsualWindow;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long sent)
            || (window.Length > 0 && !long.TryParse(window, NumberStyles.None, CultureInfo.InvariantCulture, out allowed)))
        {
            return BybitFault.Parameter("params error: timestamp or recv_window invalid");
        }

        return now - allowed <= sent && sent < now + FutureAllowed ? null : new BybitFault(10002, string.Create(
            CultureInfo.InvariantCulture,
            $"invalid request, please check your server timestamp or recv_window param. req_timestamp[{sent}],server_timestamp[{now}],recv_window[{allowed}]"));
    }

    private BybitFault? Authenticate(BybitEndpoint endpoint, BybitCall call, in BybitCaller caller)
    {
        if (CheckTime(caller.Timestamp, caller.Window, caller.Skew) is { } late && caller.Key.Length + (caller.ProvenAccount?.Length ?? 0) > 0)
        {
            return late;
        }

        ExchangeAccount? account = caller.ProvenAccount is { } proven ? markets.Spot.Core.ByName(proven) : markets.ByKey(caller.Key);
        if (account is null)
        {
            return BybitFault.BadKey;
        }

        if (caller.ProvenAccount is null)
        {
            byte[] head = Encoding.UTF8.GetBytes(caller.Timestamp + caller.Key + caller.Window);
            if (!SignatureCheck.IsValid(account.Secret, (byte[])[.. head, .. caller.Payload.Span], caller.Signature))
            {
                return new BybitFault(10004, $"error sign! origin_string[{Encoding.UTF8.GetString(head)}{Encoding.UTF8.GetString(caller.Payload.Span)}]");
            }
        }

        (call.AccountName, call.Key) = (account.Name, account.ApiKey);
        return endpoint.Security == BybitSecurity.Trade && !account.Permissions.CanTrade ? BybitFault.NoPermission : null;
    }
}

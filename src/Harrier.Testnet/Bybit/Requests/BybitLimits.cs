using Harrier.Domain;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Requests;

/// <summary>
/// The venue's limits: 600 requests in 5 seconds for each address, beyond which it is banned for ten minutes, and for each user so many requests of a
/// kind in a second.
/// </summary>
internal sealed class BybitLimits
{
    private const int Unlimited = 1_000_000_000;
    private const int RequestsPerAddress = 600;
    private static readonly TimeSpan _ban = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(BybitEndpoint Endpoint, bool IsSpot), RateWindow> _windows = [];

    /// <summary>Limits for what can be asked.</summary>
    public BybitLimits(IReadOnlyList<BybitEndpoint> endpoints, bool isUnlimited)
    {
        List<(BybitEndpoint Endpoint, bool IsSpot)> keys =
            [.. endpoints.Where(e => e.PerSecond != default).SelectMany(e => new[] { (e, true), (e, false) })];
        All = new RequestLimits(
            new RateRule("IP", "SECOND", 5, isUnlimited ? Unlimited : RequestsPerAddress),
            new RateRule("IP", "DAY", 1, Unlimited),
            [.. keys.Select(k => new RateRule("UID", "SECOND", 1, isUnlimited ? Unlimited : k.IsSpot ? k.Endpoint.PerSecond.Spot : k.Endpoint.PerSecond.Linear))])
        { Bans = new BanRule(0, _ban, _ban) };
        for (int i = 0; i < keys.Count; i++)
        {
            _windows.Add(keys[i], All.Orders[i]);
        }
    }

    /// <summary>The same in the host's form.</summary>
    public RequestLimits All { get; }

    /// <summary>Charges a request to an address.</summary>
    /// <returns>Whether it may pass.</returns>
    public bool TryCharge(string address, Timestamp now) => All.Charge(address, 1, now).Status == 0;

    /// <summary>Charges a request to a user.</summary>
    /// <returns>What is used now; the left is negative when the request must not pass.</returns>
    public BybitUse? Charge(BybitEndpoint endpoint, bool isSpot, string account, Timestamp now)
    {
        if (!_windows.TryGetValue((endpoint, isSpot), out RateWindow? window))
        {
            return null;
        }

        int used = window.Add(account, 1, now);
        return new BybitUse(window.Rule.Limit, window.Rule.Limit - used, now + window.Remaining(now));
    }
}

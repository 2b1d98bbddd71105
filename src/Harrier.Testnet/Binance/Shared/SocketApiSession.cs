using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>One connection of the WebSocket API.</summary>
/// <param name="client">Its socket.</param>
/// <param name="connectedAt">When it was made, in milliseconds.</param>
internal sealed class SocketApiSession(StreamClient client, long connectedAt)
{
    private readonly Dictionary<int, ExchangeAccount> _subscriptions = [];
    private int _nextSubscription;

    /// <summary>Its socket.</summary>
    public StreamClient Client { get; } = client;

    /// <summary>When it was made, in milliseconds.</summary>
    public long ConnectedAt { get; } = connectedAt;

    /// <summary>Whether answers list the limits.</summary>
    public bool ReturnsLimits { get; set; } = true;

    /// <summary>Whether times are in microseconds.</summary>
    public bool IsMicroseconds { get; init; }

    /// <summary>Accounts whose events are pushed, by the ids of the subscriptions. Guarded by the exchange's gate.</summary>
    public IReadOnlyDictionary<int, ExchangeAccount> Subscriptions => _subscriptions;

    /// <summary>Starts pushing an account's events.</summary>
    /// <returns>The subscription's id; null when the account is subscribed to already.</returns>
    public int? Subscribe(ExchangeAccount account)
    {
        if (_subscriptions.ContainsValue(account))
        {
            return null;
        }

        int id = _nextSubscription++;
        _subscriptions.Add(id, account);
        return id;
    }

    /// <summary>Ends a subscription.</summary>
    /// <returns>Whose it was; null when there was none.</returns>
    public ExchangeAccount? Unsubscribe(int id) => _subscriptions.Remove(id, out ExchangeAccount? account) ? account : null;
}

using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Pushes what happens to accounts to the connections that subscribed to them.</summary>
internal sealed class SpotUserStreams : IExchangeListener, IDisposable
{
    private readonly ExchangeCore _core;
    private readonly RequestLimits _limits;
    private readonly Dictionary<ExchangeAccount, List<(SocketApiSession Session, int Id)>> _readers = [];
    private readonly JsonScratch _event = new();
    private readonly JsonScratch _envelope = new();
    private byte[] _frame = new byte[2048];
    private long _executionId;

    /// <summary>Listens from now on.</summary>
    public SpotUserStreams(ExchangeCore core, RequestLimits limits)
    {
        (_core, _limits) = (core, limits);
        core.Subscribe(this);
    }

    /// <summary><c>userDataStream.subscribe.signature</c>.</summary>
    public ApiFault? Subscribe(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault)
        {
            return fault;
        }

        if (call.Session is not SocketApiSession session || session.Subscribe(call.Owner) is not { } id)
        {
            return ApiFault.Bad(-2035, "User Data Stream subscription already active.");
        }

        if (!_readers.TryGetValue(call.Owner, out List<(SocketApiSession, int)>? readers))
        {
            readers = [];
            _readers.Add(call.Owner, readers);
        }

        readers.Add((session, id));
        call.Json.WriteStartObject();
        call.Json.WriteNumber("subscriptionId"u8, id);
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary><c>userDataStream.subscribe</c> needs a logon, which keys of this kind cannot have.</summary>
    public static ApiFault? SubscribeByLogon(ApiCall call) => call.Parameters.Finish() ?? ApiFault.BadKey;

    /// <summary><c>session.logon</c>: only for keys that the built-in exchange does not give.</summary>
    public static ApiFault? Logon(ApiCall call)
    {
        _ = call.Session;
        return ApiFault.Bad(-4056, "HMAC_SHA256 API key is not supported.");
    }

    /// <summary><c>session.status</c> and <c>session.logout</c>.</summary>
    public static ApiFault? Status(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault || call.Session is not SocketApiSession session)
        {
            return call.Parameters.Fault;
        }

        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteNull("apiKey"u8);
        json.WriteNull("authorizedSince"u8);
        json.WriteNumber("connectedSince"u8, session.ConnectedAt);
        json.WriteBoolean("returnRateLimits"u8, session.ReturnsLimits);
        json.WriteNumber("serverTime"u8, call.TimeOf(call.Now));
        json.WriteBoolean("userDataStream"u8, session.Subscriptions.Count > 0);
        json.WriteEndObject();
        return null;
    }

    /// <summary><c>session.subscriptions</c>.</summary>
    public static ApiFault? Subscriptions(ApiCall call)
    {
        if (call.Parameters.Finish() is { } fault || call.Session is not SocketApiSession session)
        {
            return call.Parameters.Fault;
        }

        call.Json.WriteStartArray();
        foreach (int id in session.Subscriptions.Keys.Order())
        {
            call.Json.WriteStartObject();
            call.Json.WriteNumber("subscriptionId"u8, id);
            call.Json.WriteEndObject();
        }

        call.Json.WriteEndArray();
        return null;
    }

    /// <summary><c>userDataStream.unsubscribe</c>: one subscription, or all of the connection.</summary>
    public ApiFault? Unsubscribe(ApiCall call)
    {
        long? id = call.Parameters.Integer("subscriptionId");
        if (call.Parameters.Finish() is { } fault || call.Session is not SocketApiSession session)
        {
            return call.Parameters.Fault;
        }

        List<int> ids = id is { } one ? [(int)one] : [.. session.Subscriptions.Keys];
        if (ids.Count == 0 || !ids.TrueForAll(session.Subscriptions.ContainsKey))
        {
            return ApiFault.Bad(-2036, "User Data Stream subscription not active.");
        }

        End(session, ids);
        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    /// <summary>Forgets a connection that ended; called inside the gate.</summary>
    public void Forget(SocketApiSession session)
    {
        foreach (int id in session.Subscriptions.Keys.ToList())
        {
            Remove(session, id);
        }
    }

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        // The venue counts orders that have not been filled: the first fill takes an order out of the count.
        if (kind == OrderEventKind.Trade && fill is not null && order.Executed == fill.Quantity)
        {
            _limits.CountOrders(order.Account.Name, -1, _core.Now);
        }

        if (_readers.ContainsKey(order.Account))
        {
            SpotEvents.WriteExecution(_event.Start(), new SpotExecution(order, kind, fill, reason) { Now = _core.Now, Id = ++_executionId });
            Push(order.Account, "executionReport");
        }
    }

    /// <inheritdoc/>
    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
    {
        if (_readers.ContainsKey(account))
        {
            SpotEvents.WritePosition(_event.Start(), changed, _core.Now);
            Push(account, "outboundAccountPosition");
        }
    }

    /// <summary>Tells an account of a deposit or withdrawal; called inside the gate.</summary>
    public void OnTransfer(ExchangeAccount account, string asset, decimal amount)
    {
        if (_readers.ContainsKey(account))
        {
            SpotEvents.WriteTransfer(_event.Start(), asset, amount, _core.Now);
            Push(account, "balanceUpdate");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _event.Dispose();
        _envelope.Dispose();
    }

    private void End(SocketApiSession session, List<int> ids)
    {
        foreach (int id in ids)
        {
            SpotEvents.WriteTerminated(_event.Start(), _core.Now);
            PushTo(session, id, "eventStreamTerminated");
            Remove(session, id);
        }
    }

    private void Remove(SocketApiSession session, int id)
    {
        if (session.Unsubscribe(id) is { } account && _readers.TryGetValue(account, out List<(SocketApiSession Session, int Id)>? readers))
        {
            _ = readers.RemoveAll(r => r.Session == session && r.Id == id);
            if (readers.Count == 0)
            {
                _ = _readers.Remove(account);
            }
        }
    }

    private void Push(ExchangeAccount account, string subject)
    {
        foreach ((SocketApiSession session, int id) in _readers[account])
        {
            PushTo(session, id, subject);
        }
    }

    private void PushTo(SocketApiSession session, int id, string subject)
    {
        Utf8JsonWriter json = _envelope.Start();
        json.WriteStartObject();
        json.WriteNumber("subscriptionId"u8, id);
        json.WritePropertyName("event"u8);
        json.WriteRawValue(_event.Text, skipInputValidation: true);
        json.WriteEndObject();
        ReadOnlySpan<byte> text = _envelope.Text;
        int total = Hosting.Sockets.SocketOutbox.HeaderLength(text.Length) + text.Length;
        if (_frame.Length < total)
        {
            _frame = new byte[total * 2];
        }

        text.CopyTo(_frame.AsSpan(Hosting.Sockets.SocketOutbox.WriteHeader(_frame, text.Length)));
        session.Client.Push(subject, _frame.AsSpan(0, total));
    }
}

using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>
/// Pushes what happens to accounts on the streams of their listen keys. A stream that asked for certain events gets those only: its topic is the
/// key with the event's name. Every member is called inside the exchange's gate.
/// </summary>
/// <param name="core">The exchange.</param>
/// <param name="keys">Keys of the streams.</param>
/// <param name="hub">The streams.</param>
internal sealed class LinearUserStreams(ExchangeCore core, LinearListenKeys keys, StreamHub hub) : IExchangeListener, IDisposable
{
    private static readonly TimeSpan _betweenWarnings = TimeSpan.FromMinutes(1);

    private readonly JsonScratch _scratch = new();
    private readonly Dictionary<(int Account, string Asset), decimal> _wallets = [];
    private readonly Dictionary<int, Timestamp> _warned = [];

    /// <summary>Name of the topic of a stream that asked for certain events.</summary>
    public static string TopicOf(string key, string kind) => key + "@" + kind;

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        if (order.IsConditional)
        {
            TellAlgo(order, kind, reason);
            return;
        }

        if (Listeners(order.Account) is not { } key)
        {
            return;
        }

        if (fill is not null && kind == OrderEventKind.Trade)
        {
            Publish(key, "TRADE_LITE", LinearUserText.WriteTradeLite(Start("TRADE_LITE"), fill));
        }

        Publish(key, "ORDER_TRADE_UPDATE", LinearUserText.WriteOrder(Start("ORDER_TRADE_UPDATE"), order, kind, fill));
        if (kind == OrderEventKind.New && order.Parent is { } parent)
        {
            TellAlgoState(key, parent, "TRIGGERED");
        }
    }

    /// <inheritdoc/>
    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
    {
        List<LinearWalletChange> wallets = [];
        foreach (AssetBalance balance in changed)
        {
            decimal wallet = balance.Free + balance.Locked;
            decimal change = wallet - _wallets.GetValueOrDefault((account.Id, balance.Asset));
            _wallets[(account.Id, balance.Asset)] = wallet;
            if (change != 0)
            {
                wallets.Add(new LinearWalletChange(balance.Asset, wallet, cause == BalanceCauses.Order ? 0 : change));
            }
        }

        // Open orders change what is available, which this event does not tell.
        if ((wallets.Count > 0 || position is not null) && Listeners(account) is { } key)
        {
            Publish(key, "ACCOUNT_UPDATE", LinearUserText.WriteAccount(Start("ACCOUNT_UPDATE"), account, cause, wallets, position));
        }
    }

    /// <inheritdoc/>
    public void OnRestored(ExchangeAccount account)
    {
        foreach (AssetBalance balance in account.Balances)
        {
            _wallets[(account.Id, balance.Asset)] = balance.Free + balance.Locked;
        }
    }

    /// <summary>Tells that the leverage of a contract was set.</summary>
    public void TellLeverage(ExchangeAccount account, ListedInstrument instrument, int leverage)
    {
        if (Listeners(account) is { } key)
        {
            Utf8JsonWriter json = Start("ACCOUNT_CONFIG_UPDATE");
            json.WriteStartObject("ac"u8);
            json.WriteString("s"u8, instrument.Symbol);
            json.WriteNumber("l"u8, leverage);
            json.WriteEndObject();
            Publish(key, "ACCOUNT_CONFIG_UPDATE", json);
        }
    }

    /// <summary>Ends keys whose time is over, and warns accounts that come near to liquidation.</summary>
    public void Tick()
    {
        foreach (string key in keys.TakeExpired())
        {
            Utf8JsonWriter json = Start("listenKeyExpired");
            json.WriteString("listenKey"u8, key);
            Publish(key, "listenKeyExpired", json);
        }

        foreach (ExchangeAccount account in core.Accounts)
        {
            if (Listeners(account) is { } key)
            {
                Warn(account, key);
            }
        }
    }

    private void TellAlgo(ExchangeOrder order, OrderEventKind kind, string? reason)
    {
        if (Listeners(order.Account) is not { } key)
        {
            return;
        }

        // The order that it makes is not there yet: the trigger is told now, the order after its own first event.
        if (kind is OrderEventKind.ConditionalTriggered or OrderEventKind.ConditionalRejected)
        {
            Publish(key, "ALGO_UPDATE", LinearUserText.WriteAlgo(Start("ALGO_UPDATE"), order, null, new LinearAlgoState("TRIGGERING", core.Now)));
        }

        string? state = kind switch
        {
            OrderEventKind.ConditionalNew => "NEW",
            OrderEventKind.ConditionalTriggered => null,
            OrderEventKind.ConditionalFinished => "FINISHED",
            OrderEventKind.ConditionalCanceled or OrderEventKind.Canceled => "CANCELED",
            OrderEventKind.ConditionalRejected => "REJECTED",
            OrderEventKind.Expired => "EXPIRED",
            _ => LinearWords.AlgoStatus(order),
        };
        if (state is not null)
        {
            TellAlgoState(key, order, state, reason);
        }
    }

    private void TellAlgoState(string key, ExchangeOrder order, string state, string? reason = null)
    {
        ExchangeOrder? child = order.ChildOrderId == 0 ? null : core.FindOrder(order.Account, new OrderKey(order.Instrument.Symbol, order.ChildOrderId, null));
        LinearAlgoState told = new(state, child?.Created ?? default) { Reason = state == "REJECTED" ? reason : null };
        Publish(key, "ALGO_UPDATE", LinearUserText.WriteAlgo(Start("ALGO_UPDATE"), order, child, told));
    }

    private void Warn(ExchangeAccount account, string key)
    {
        const decimal nearly = 0.8m;
        foreach (string asset in core.Listings.Select(l => l.Quote).Distinct())
        {
            MarginSummary margin = account.Margin(asset);
            if (margin.CrossMaintenance == 0 || margin.CrossMaintenance < margin.CrossEquity * nearly
                || (_warned.TryGetValue(account.Id, out Timestamp last) && core.Now - last < _betweenWarnings))
            {
                continue;
            }

            _warned[account.Id] = core.Now;
            Publish(key, "MARGIN_CALL", LinearUserText.WriteMarginCall(Start("MARGIN_CALL"), account, asset));
        }
    }

    private string? Listeners(ExchangeAccount account) => keys.Of(account);

    private Utf8JsonWriter Start(string kind)
    {
        Utf8JsonWriter json = _scratch.Start();
        long now = core.Now.UnixMilliseconds;
        json.WriteStartObject();
        json.WriteString("e"u8, kind);
        json.WriteNumber("E"u8, now);
        json.WriteNumber("T"u8, now);
        return json;
    }

    private void Publish(string key, string kind, Utf8JsonWriter json)
    {
        json.WriteEndObject();
        ReadOnlySpan<byte> text = _scratch.Text;

        // Faults are planned for an event: nobody knows the key of a stream beforehand.
        string subject = TopicOf(key, kind);
        hub.Find(key)?.Publish(text, subject);
        hub.Find(subject)?.Publish(text, subject);
    }
}

using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Bybit.Accounts;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>Pushes what happens to accounts on one market. Every member is called inside the exchange's gate.</summary>
/// <param name="desk">The market.</param>
/// <param name="wallet">Writes wallets.</param>
/// <param name="positions">Writes positions; null on spot.</param>
/// <param name="hub">The streams: their names are the account's name and the topic.</param>
internal sealed class BybitPrivateStreams(BybitDesk desk, BybitWalletText wallet, BybitPositionText? positions, StreamHub hub) : IExchangeListener, IDisposable
{
    private const string Orders = "order";
    private const string Executions = "execution";
    private const string Fast = "execution.fast";
    private const string Positions = "position";
    private const string Wallets = "wallet";

    private readonly JsonScratch _scratch = new();
    private long _lastId;

    /// <summary>Between an account's name and a topic.</summary>
    public static string PrefixOf(string account) => account + "/";

    /// <summary>Whether there is such a topic.</summary>
    public static bool IsTopic(string topic) => topic == Wallets
        || ((ReadOnlySpan<string>)[Orders, Executions, Positions, Fast]).Contains(topic)
        || (topic.LastIndexOf('.') is > 0 and int dot && topic[(dot + 1)..] is BybitMarket.SpotCategory or BybitMarket.LinearCategory or "inverse" or "option"
            && ((ReadOnlySpan<string>)[Orders, Executions, Positions, Fast]).Contains(topic[..topic.LastIndexOf('.')]));

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        // What a conditional order made tells its end by itself.
        if (kind == OrderEventKind.ConditionalFinished)
        {
            return;
        }

        if (fill is not null)
        {
            Publish(order.Account, Executions, json => desk.Text.Write(json, fill));
            Publish(order.Account, Fast, json => WriteFast(json, fill));
        }

        Publish(order.Account, Orders, json => desk.Text.Write(json, order));
        if (positions is not null && fill is null)
        {
            TellPosition(order.Account.Position(order.Instrument));
        }
    }

    /// <inheritdoc/>
    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
    {
        if (position is not null)
        {
            if (cause == BalanceCauses.Funding)
            {
                Publish(account, Executions, BybitFunding.Of(desk.Market, position).Write);
            }

            TellPosition(position);
        }

        if (changed.Count > 0)
        {
            List<string> coins = [.. changed.Select(c => c.Asset)];
            Publish(account, Wallets, json => wallet.Write(json, account.Name, coins));
        }
    }

    // Told on every change of an order too, not only when it moves.
    private void TellPosition(ExchangePosition position) => Publish(position.Account, Positions, json => positions?.Write(json, position, isStream: true));

    private void WriteFast(Utf8JsonWriter json, ExchangeFill fill)
    {
        BybitMarket market = desk.Market;
        json.WriteStartObject();
        json.WriteString("category"u8, market.Category);
        json.WriteString("symbol"u8, fill.Order.Instrument.Symbol);
        json.WriteString("execId"u8, market.Ids.Of(fill));
        json.WritePrice("execPrice"u8, fill.Order.Instrument, fill.Price);
        json.WritePlain("execQty"u8, fill.Quantity);
        json.WriteString("orderId"u8, market.Ids.Of(fill.Order));
        json.WriteString("orderLinkId"u8, BybitOrderText.LinkIdOf(fill.Order));
        json.WriteBoolean("isMaker"u8, fill.IsMaker);
        json.WriteString("side"u8, BybitWords.Side(fill.Order.Terms.IsSell));
        json.WriteString("execTime"u8, BybitOrderText.Time(fill.Time));
        json.WriteNumber("seq"u8, fill.TradeId);
        json.WriteEndObject();
    }

    // To those who read all categories, and to those who read this one.
    private void Publish(ExchangeAccount account, string topic, Action<Utf8JsonWriter> write)
    {
        Publish(account, topic, topic, write);
        if (topic != Wallets)
        {
            Publish(account, topic + "." + desk.Market.Category, topic, write);
        }
    }

    private void Publish(ExchangeAccount account, string topic, string subject, Action<Utf8JsonWriter> write)
    {
        if (hub.Find(PrefixOf(account.Name) + topic) is not { HasReaders: true } stream)
        {
            return;
        }

        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartObject();
        json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"{account.Id}_{desk.Market.Category}_{++_lastId}"));
        json.WriteString("topic"u8, topic);
        json.WriteNumber("creationTime"u8, desk.Market.Core.Now.UnixMilliseconds);
        json.WriteStartArray("data"u8);
        write(json);
        json.WriteEndArray();
        json.WriteEndObject();
        stream.Publish(_scratch.Text, subject);
    }
}

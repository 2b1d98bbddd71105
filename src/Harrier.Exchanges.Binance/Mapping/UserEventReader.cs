using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// Frames of the private streams in our words. Takes events wrapped as <c>{"subscriptionId","event"}</c>, as <c>{"stream","data"}</c> and
/// bare. Whatever cannot be read becomes an <see cref="UnreadMessage"/>, never an exception.
/// </summary>
public sealed class UserEventReader(BinanceMarket market, WireCensus census)
{
    /// <summary>What a frame tells; empty for a frame that is no event.</summary>
    /// <param name="frame">The frame in UTF-8.</param>
    /// <param name="received">When it came.</param>
    public IReadOnlyList<AccountEvent> Read(ReadOnlySpan<byte> frame, Timestamp received)
    {
        try
        {
            ReadOnlySpan<byte> body = Unwrap(frame, out string? type);
            return type is null ? [] : Of(type, body, received);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or InvalidOperationException)
        {
            census.NoteWord("frame", e.GetType().Name);
            return [new UnreadMessage(received, "unreadable frame") { IsDamaged = true }];
        }
    }

    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> frame, out string? type)
    {
        type = null;
        Utf8JsonReader reader = new(frame);
        ReadOnlySpan<byte> inner = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("an event is an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("e"u8);
            bool isWrapped = reader.ValueTextEquals("event"u8) || reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                type = reader.GetString();
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isWrapped && frame[start] == '{')
            {
                inner = frame[start..(int)reader.BytesConsumed];
            }
        }

        return type is null && !inner.IsEmpty ? Unwrap(inner, out type) : frame;
    }

    private IReadOnlyList<AccountEvent> Of(string type, ReadOnlySpan<byte> body, Timestamp received) => type switch
    {
        "executionReport" => [UserEventMapping.Of(Parse(body, BinanceJson.Default.ExecutionReportMessage))],
        "outboundAccountPosition" => [UserEventMapping.Of(Parse(body, BinanceJson.Default.AccountPositionMessage))],
        "balanceUpdate" or "externalLockUpdate" => [UserEventMapping.Of(Parse(body, BinanceJson.Default.BalanceDeltaMessage))],
        "listStatus" => [UserEventMapping.Of(Parse(body, BinanceJson.Default.ListStatusMessage))],
        "eventStreamTerminated" => [new StreamEnded(received, StreamEnd.Terminated, type)],
        "serverShutdown" => [new StreamEnded(received, StreamEnd.ServerShutdown, type)],
        "listenKeyExpired" => [new StreamEnded(received, StreamEnd.KeyExpired, type)],
        "ORDER_TRADE_UPDATE" => Linear(Parse(body, BinanceJson.Default.OrderTradeUpdateMessage)),
        "ALGO_UPDATE" => Linear(Parse(body, BinanceJson.Default.AlgoUpdateMessage)),
        "ACCOUNT_UPDATE" => Linear(Parse(body, BinanceJson.Default.AccountUpdateMessage)),
        "TRADE_LITE" => [UserEventMapping.Of(Parse(body, BinanceJson.Default.TradeLiteMessage))],
        "MARGIN_CALL" => [UserEventMapping.Of(Parse(body, BinanceJson.Default.MarginCallMessage), received)],
        "ACCOUNT_CONFIG_UPDATE" => UserEventMapping.Of(Parse(body, BinanceJson.Default.AccountConfigUpdateMessage)),
        "CONDITIONAL_ORDER_TRIGGER_REJECT" => UserEventMapping.Of(Parse(body, BinanceJson.Default.TriggerRejectMessage)),
        _ => Unknown(type, received),
    };

    private IReadOnlyList<AccountEvent> Unknown(string type, Timestamp received)
    {
        census.NoteWord(market + " event", type);
        return [new UnreadMessage(received, type)];
    }

    private IReadOnlyList<AccountEvent> Linear(OrderTradeUpdateMessage message)
    {
        census.Note(message.Order);
        return message.Order is { } order ? [UserEventMapping.Of(order)] : [];
    }

    private IReadOnlyList<AccountEvent> Linear(AlgoUpdateMessage message)
    {
        census.Note(message.Order);
        return message.Order is { } order ? [UserEventMapping.Of(order, Timestamp.FromUnixMilliseconds(message.Time))] : [];
    }

    private IReadOnlyList<AccountEvent> Linear(AccountUpdateMessage message)
    {
        census.Note(message.Change);
        return UserEventMapping.Of(message);
    }

    private T Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> shape)
        where T : WireMessage
    {
        T message = JsonSerializer.Deserialize(body, shape) ?? throw new JsonException("an event is an object");
        census.Note(message);
        return message;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>
/// Frames of the private stream in our words. One account has one stream for all markets: news of the others are left out. Whatever cannot be
/// read becomes an <see cref="UnreadMessage"/>, never an exception.
/// </summary>
public sealed class UserEventReader(BybitMarket market, VenueSymbols symbols, WireCensus census)
{
    private readonly string _category = market.Category();

    /// <summary>True for an answer to a request of ours, which names an operation and no topic.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> frame) => TryFind(frame, "op"u8, out _) && !TryFind(frame, "topic"u8, out _);

    /// <summary>What a frame tells; empty for one that tells of other markets only.</summary>
    /// <param name="frame">The frame in UTF-8.</param>
    /// <param name="received">When it came.</param>
    public IReadOnlyList<AccountEvent> Read(ReadOnlySpan<byte> frame, Timestamp received)
    {
        try
        {
            if (!TryFind(frame, "topic"u8, out string? topic))
            {
                throw new JsonException("a frame has a topic");
            }

            return topic!.Split('.') switch
            {
                ["order", ..] => [.. Parse(frame, BybitJson.Default.OrderFrame).Where(o => IsOurs(o.Category)).Select(o => UserEventMapping.Of(o, received))],
                ["execution", "fast", ..] => [.. Parse(frame, BybitJson.Default.ExecutionFrame).Where(e => IsOurs(e.Category)).Select(e => UserEventMapping.Announced(e, received))],
                ["execution", ..] => [.. Parse(frame, BybitJson.Default.ExecutionFrame).Where(e => IsOurs(e.Category)).Select(e => Execution(e, received))],
                ["position", ..] => UserEventMapping.Of([.. Parse(frame, BybitJson.Default.PositionFrame).Where(p => IsOurs(p.Category))], received),
                ["wallet", ..] => [.. Wallets(frame, received)],
                _ => Unknown(topic, received),
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or InvalidOperationException)
        {
            census.NoteWord("frame", e.GetType().Name);
            return [new UnreadMessage(received, "unreadable frame") { IsDamaged = true }];
        }
    }

    private static bool TryFind(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> name, out string? value)
    {
        value = null;
        try
        {
            Utf8JsonReader reader = new(frame);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isIt = reader.ValueTextEquals(name);
                reader.Read();
                if (isIt && reader.TokenType == JsonTokenType.String)
                {
                    value = reader.GetString();
                    return true;
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }

        return false;
    }

    private bool IsOurs(string? category) => category is null or "" || category == _category;

    private AccountEvent Execution(ExecutionMessage message, Timestamp received)
    {
        _ = symbols.TryFind(message.Symbol, out _, out Instrument? instrument);
        if (OrderMapping.IsTrade(message))
        {
            return UserEventMapping.Of(message, instrument, received);
        }

        Asset? settled = BybitWords.AssetOf(message.FeeCurrency) ?? instrument?.Quote;
        if (UserEventMapping.MoneyOf(message, settled, received) is { } moved)
        {
            return moved;
        }

        census.NoteWord(market + " execution", message.ExecType);
        return new UnreadMessage(received, "execution " + message.ExecType);
    }

    private IEnumerable<AccountEvent> Wallets(ReadOnlySpan<byte> frame, Timestamp received)
    {
        PrivateFrame<WalletMessage> wallets = Frame(frame, BybitJson.Default.WalletFrame);
        wallets.Data.ForEach(Note);
        return [.. wallets.Data.Select(w => UserEventMapping.Of(w, wallets.CreationTime, received))];
    }

    private void Note(WalletMessage wallet)
    {
        census.Note(wallet);
        wallet.Coin.ForEach(census.Note);
    }

    private IReadOnlyList<AccountEvent> Unknown(string topic, Timestamp received)
    {
        census.NoteWord(market + " topic", topic);
        return [new UnreadMessage(received, topic)];
    }

    private List<T> Parse<T>(ReadOnlySpan<byte> frame, JsonTypeInfo<PrivateFrame<T>> shape)
        where T : WireMessage
    {
        PrivateFrame<T> message = Frame(frame, shape);
        message.Data.ForEach(census.Note);
        return message.Data;
    }

    private PrivateFrame<T> Frame<T>(ReadOnlySpan<byte> frame, JsonTypeInfo<PrivateFrame<T>> shape)
        where T : WireMessage
    {
        PrivateFrame<T> message = JsonSerializer.Deserialize(frame, shape) ?? throw new JsonException("a frame is an object");
        census.Note(message);
        return message;
    }
}

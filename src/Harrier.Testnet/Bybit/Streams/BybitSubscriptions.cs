using System.Text.Json;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>The topics behind one kind of socket.</summary>
internal interface IBybitTopics
{
    /// <summary>Whether there is such a topic.</summary>
    bool Knows(string topic);

    /// <summary>Sends what a topic begins with, to a client that just subscribed; inside the gate.</summary>
    void Greet(StreamClient client, string topic);
}

/// <summary>Subscribe, unsubscribe, ping.</summary>
/// <param name="hub">The streams.</param>
/// <param name="topics">What there is.</param>
/// <param name="gate">The exchange's gate: what a topic begins with and what follows must fit.</param>
internal sealed class BybitSubscriptions(StreamHub hub, IBybitTopics topics, Lock gate)
{
    private const int MostArgumentCharacters = 21_000;
    private const int MostTopics = 10_000;

    /// <value>Topics that one message may name; 0 for any number.</value>
    public int MostPerMessage { get; init; }

    /// <summary>The streams.</summary>
    public StreamHub Hub { get; } = hub;

    /// <summary>Subscribes to what a message names.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="message">The message.</param>
    /// <param name="prefix">Goes before the names of the streams: private ones are each account's own.</param>
    public void Subscribe(BybitSession session, JsonElement message, string prefix = "")
    {
        List<string> names = Names(message);
        if (Review(names) is { } wrong)
        {
            Answer(session, message, "subscribe", wrong);
            return;
        }

        lock (gate)
        {
            HashSet<string> known = [.. Hub.SubscriptionsOf(session.Client)];
            List<string> fresh = [.. names.Distinct(StringComparer.Ordinal).Where(n => !known.Contains(prefix + n))];
            Answer(session, message, "subscribe", "");
            foreach (string name in fresh)
            {
                topics.Greet(session.Client, name);
            }

            _ = Hub.Subscribe(session.Client, [.. fresh.Select(n => prefix + n)], MostTopics);
        }
    }

    /// <summary>Ends subscriptions.</summary>
    public void Unsubscribe(BybitSession session, JsonElement message, string prefix = "")
    {
        lock (gate)
        {
            Hub.Unsubscribe(session.Client, Names(message).Select(n => prefix + n));
            Answer(session, message, "unsubscribe", "");
        }
    }

    /// <summary>Ends all subscriptions of a client that left.</summary>
    public void Leave(BybitSession session)
    {
        lock (gate)
        {
            Hub.Leave(session.Client);
        }
    }

    /// <summary>Answers a message of a stream's client; an empty message is a success.</summary>
    public static void Answer(BybitSession session, JsonElement message, string operation, string failure) => session.Answer(json =>
    {
        json.WriteBoolean("success"u8, failure.Length == 0);
        json.WriteString("ret_msg"u8, failure);
        json.WriteString("conn_id"u8, session.Id);
        WriteRequestId(json, message);
        json.WriteString("op"u8, operation);
    });

    /// <summary>The id of a message, where it has one.</summary>
    public static void WriteRequestId(Utf8JsonWriter json, JsonElement message)
    {
        if (message.TryGetProperty("req_id", out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            json.WriteString("req_id"u8, id.ToString());
        }
    }

    private static List<string> Names(JsonElement message) =>
        message.TryGetProperty("args", out JsonElement args) && args.ValueKind == JsonValueKind.Array
            ? [.. args.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString() ?? "")]
            : [];

    // One bad name fails the whole message.
    private string? Review(List<string> names)
    {
        if (names.Count == 0)
        {
            return "Params Error";
        }

        if (MostPerMessage > 0 && names.Count > MostPerMessage)
        {
            return "args size >10";
        }

        if (names.Sum(n => n.Length) > MostArgumentCharacters)
        {
            return "args length is too long";
        }

        return names.FirstOrDefault(n => !topics.Knows(n)) is { } unknown ? "error:handler not found,topic:" + unknown : null;
    }
}

/// <summary>The sockets of public topics.</summary>
/// <param name="subscriptions">The topics.</param>
internal sealed class BybitPublicOperations(BybitSubscriptions subscriptions) : IBybitOperations
{
    /// <inheritdoc/>
    public void Do(BybitSession session, string operation, JsonElement message)
    {
        switch (operation)
        {
            case "subscribe":
                subscriptions.Subscribe(session, message);
                break;
            case "unsubscribe":
                subscriptions.Unsubscribe(session, message);
                break;
            case "ping":
                session.Answer(json =>
                {
                    json.WriteBoolean("success"u8, true);
                    json.WriteString("ret_msg"u8, "pong");
                    json.WriteString("conn_id"u8, session.Id);
                    BybitSubscriptions.WriteRequestId(json, message);
                    json.WriteString("op"u8, "ping");
                });
                break;
            default:
                BybitSubscriptions.Answer(session, message, operation, "error:op not found");
                break;
        }
    }

    /// <inheritdoc/>
    public void Leave(BybitSession session) => subscriptions.Leave(session);
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>Proves whose a socket is: key, a time in the future, and a signature over it.</summary>
/// <param name="markets">Knows the keys.</param>
internal sealed class BybitLogin(BybitMarkets markets)
{
    private const int Parts = 3;

    /// <summary>Reads the arguments of a login.</summary>
    /// <param name="message">The message.</param>
    /// <param name="account">Whose key it is.</param>
    /// <returns>0, or the venue's code.</returns>
    public int Try(JsonElement message, out ExchangeAccount? account)
    {
        account = null;
        if (!message.TryGetProperty("args", out JsonElement args) || args.ValueKind != JsonValueKind.Array || args.GetArrayLength() < Parts)
        {
            return 10001;
        }

        (string key, string expires, string signature) = (args[0].ToString(), args[1].ToString(), args[2].ToString());
        if (markets.ByKey(key) is not { } known)
        {
            return 10003;
        }

        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out long until) || until <= markets.Spot.Core.Now.UnixMilliseconds)
        {
            return 10002;
        }

        if (!SignatureCheck.IsValid(known.Secret, Encoding.UTF8.GetBytes("GET/realtime" + expires), signature))
        {
            return 10004;
        }

        account = known;
        return 0;
    }

    /// <summary>The message of a code.</summary>
    public static string MessageOf(int code) => code switch
    {
        0 => "",
        10002 => "Params Error: expires is in the past",
        10003 => "Invalid apikey",
        10004 => "error sign!",
        _ => "Params Error",
    };
}

/// <summary>The sockets of private topics.</summary>
/// <param name="subscriptions">The topics.</param>
/// <param name="login">Proves accounts.</param>
/// <param name="now">The venue's time.</param>
internal sealed class BybitPrivateOperations(BybitSubscriptions subscriptions, BybitLogin login, Func<Domain.Timestamp> now) : IBybitOperations
{
    /// <inheritdoc/>
    public void Do(BybitSession session, string operation, JsonElement message)
    {
        switch (operation)
        {
            case "auth":
                Login(session, message);
                break;
            case "ping":
                session.Answer(json =>
                {
                    BybitSubscriptions.WriteRequestId(json, message);
                    json.WriteString("op"u8, "pong");
                    json.WriteStartArray("args"u8);
                    json.WriteStringValue(now().UnixMilliseconds.ToString(CultureInfo.InvariantCulture));
                    json.WriteEndArray();
                    json.WriteString("conn_id"u8, session.Id);
                });
                break;
            case "subscribe" or "unsubscribe" when session.AccountName is null:
                BybitSubscriptions.Answer(session, message, operation, "Request not authorized");
                break;
            case "subscribe":
                subscriptions.Subscribe(session, message, BybitPrivateStreams.PrefixOf(session.AccountName ?? ""));
                break;
            case "unsubscribe":
                subscriptions.Unsubscribe(session, message, BybitPrivateStreams.PrefixOf(session.AccountName ?? ""));
                break;
            default:
                BybitSubscriptions.Answer(session, message, operation, "error:op not found");
                break;
        }
    }

    /// <inheritdoc/>
    public void Leave(BybitSession session) => subscriptions.Leave(session);

    private void Login(BybitSession session, JsonElement message)
    {
        if (session.AccountName is not null)
        {
            BybitSubscriptions.Answer(session, message, "auth", "Repeat auth");
            return;
        }

        int code = login.Try(message, out ExchangeAccount? account);
        session.AccountName = account?.Name;
        BybitSubscriptions.Answer(session, message, "auth", BybitLogin.MessageOf(code));
    }
}

/// <summary>What private topics begin with: nothing.</summary>
internal sealed class BybitPrivateTopics : IBybitTopics
{
    /// <inheritdoc/>
    public bool Knows(string topic) => BybitPrivateStreams.IsTopic(topic);

    /// <inheritdoc/>
    public void Greet(Hosting.Sockets.StreamClient client, string topic)
    {
        // Clients read the state by requests after they subscribed.
    }
}

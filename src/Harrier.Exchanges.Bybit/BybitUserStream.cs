using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Bybit;

/// <summary>
/// The private stream: a login that runs out at once and is made anew on each connection, and only after its answer the topics. It has no
/// snapshot, so that the account is read after it is open.
/// </summary>
internal sealed class BybitUserStream((BybitSigner Signer, ServerClock Clock) login, UserEventReader reader, UserStreamSink sink) : IConnectionHandler
{
    private static readonly TimeSpan LoginLives = TimeSpan.FromSeconds(10);
    private static readonly byte[] Topics = """{"op":"subscribe","req_id":"topics","args":["order","execution","position","wallet"]}"""u8.ToArray();
    private int _subscribedSession;

    public async ValueTask OnConnectedAsync(ISocketSender sender)
    {
        await login.Clock.RefreshIfNeededAsync(sender.Ended).ConfigureAwait(false);
        await sender.SendAsync(Login(), sender.Ended).ConfigureAwait(false);
    }

    public void OnFrame(ReadOnlySpan<byte> utf8, Timestamp received)
    {
        foreach (AccountEvent news in reader.Read(utf8, received))
        {
            sink.OnNews(news);
        }
    }

    public void OnFrame(ISocketSender from, ReadOnlySpan<byte> utf8, Timestamp received)
    {
        if (!UserEventReader.IsAnswer(utf8))
        {
            OnFrame(utf8, received);
        }
        else if (Read(utf8) is { } answer)
        {
            OnAnswer(from, answer, received);
        }
    }

    public bool IsCaughtUp(ISocketSender newer) => Volatile.Read(ref _subscribedSession) == newer.Session;

    public void OnDisconnected(DisconnectReason reason) => sink.OnLost();

    private static SocketAnswerMessage? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, BybitJson.Default.SocketAnswerMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Login()
    {
        (string expires, string signature) = login.Signer.Login(login.Clock.Now() + LoginLives);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("op", "auth");
            writer.WriteStartArray("args");
            writer.WriteStringValue(login.Signer.Key);
            writer.WriteRawValue(expires);
            writer.WriteStringValue(signature);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void OnAnswer(ISocketSender from, SocketAnswerMessage answer, Timestamp received)
    {
        bool isDone = answer.Success ?? answer.RetCode is 0;
        if (answer.Op is "auth" && isDone)
        {
            _ = SubscribeAsync(from);
        }
        else if (answer.Op is "subscribe" && isDone)
        {
            Volatile.Write(ref _subscribedSession, from.Session);
            sink.OnSubscribed();
        }
        else if (answer.Op is "auth" or "subscribe")
        {
            VenueError error = BybitRestDialect.ErrorOf(answer.RetCode ?? 0, answer.RetMsg ?? answer.RetText ?? "", isWrite: false);
            if (error.Kind is VenueErrorKind.ClockSkew or VenueErrorKind.Authentication)
            {
                login.Clock.MarkSuspect();
            }

            sink.OnNews(new StreamEnded(received, StreamEnd.Refused, $"{error.Kind}: {error.Message}"));
            from.End(new DisconnectReason(DisconnectKind.Requested, DisconnectReason.Abnormal, $"{answer.Op} was refused: {error.Kind}"));
        }
    }

    private static async Task SubscribeAsync(ISocketSender sender)
    {
        try
        {
            await sender.SendAsync(Topics, sender.Ended).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            sender.End(new DisconnectReason(DisconnectKind.Cut, DisconnectReason.Abnormal, fault.Message));
        }
    }
}

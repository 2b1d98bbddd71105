using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Binance;

/// <summary>
/// The private stream of spot: a signed subscription on the WebSocket API. It dies with its connection and is made anew on each; the
/// listen keys that older programs use were withdrawn in February 2026.
/// </summary>
internal sealed class SpotUserStream(BinanceSigner signer, ServerClock clock, UserEventReader reader, UserStreamSink sink) : IConnectionHandler
{
    private const string Method = "userDataStream.subscribe.signature";
    private static readonly BinanceRestDialect Dialect = new(BinanceMarket.Spot);
    private int _subscribedSession;

    public async ValueTask OnConnectedAsync(ISocketSender sender)
    {
        await clock.RefreshIfNeededAsync(sender.Ended).ConfigureAwait(false);
        await sender.SendAsync(Request(sender.Session), sender.Ended).ConfigureAwait(false);
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
        if (SocketAnswer.TryRead(utf8, out SocketAnswer answer))
        {
            OnAnswer(from, answer, received);
            return;
        }

        foreach (AccountEvent news in reader.Read(utf8, received))
        {
            sink.OnNews(news);
            if (news is StreamEnded { End: StreamEnd.ServerShutdown })
            {
                from.RequestReplacement();
            }
            else if (news is StreamEnded)
            {
                from.End(new DisconnectReason(DisconnectKind.Requested, DisconnectReason.Abnormal, "the subscription ended"));
            }
        }
    }

    public bool IsCaughtUp(ISocketSender newer) => Volatile.Read(ref _subscribedSession) == newer.Session;

    public void OnDisconnected(DisconnectReason reason) => sink.OnLost();

    private ReadOnlyMemory<byte> Request(int session)
    {
        RequestParameters parameters = signer.SignedForSocket(new RequestParameters(), clock.Now());
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("id", session.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("method", Method);
            writer.WriteStartObject("params");
            foreach ((string name, string value) in parameters.Items)
            {
                // The time is a number in the documents and a string in no example; its digits are what is signed.
                if (name == "timestamp")
                {
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(value);
                }
                else
                {
                    writer.WriteString(name, value);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void OnAnswer(ISocketSender from, SocketAnswer answer, Timestamp received)
    {
        if (answer.Status == 200)
        {
            if (answer.IsSubscription)
            {
                Volatile.Write(ref _subscribedSession, from.Session);
                sink.OnSubscribed();
            }

            return;
        }

        VenueError error = Dialect.ErrorOfSocket(answer.Status, answer.Code, answer.Message, isWrite: false);
        if (error.Kind == VenueErrorKind.ClockSkew)
        {
            clock.MarkSuspect();
        }

        sink.OnNews(new StreamEnded(received, StreamEnd.Refused, $"{error.Kind}: {error.Message}"));
        from.End(new DisconnectReason(DisconnectKind.Requested, DisconnectReason.Abnormal, $"the subscription was refused: {error.Kind}"));
    }
}

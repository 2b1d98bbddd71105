using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Binance;

/// <summary>
/// The private stream of USD-M, whose address holds a listen key: made at each connect, prolonged every 30 minutes of its 60, replaced
/// when the venue says that it ran out.
/// </summary>
internal sealed class LinearUserStream(BinanceLinearClient client, Uri streams, UserEventReader reader, UserStreamSink sink) : IConnectionHandler
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private Timestamp _prolongAt;
    private int _prolonging;

    /// <summary>The address with the key that is valid now; the venue gives the same key again while it lives.</summary>
    /// <exception cref="IOException">The venue gave no key.</exception>
    public async ValueTask<Uri> AddressAsync(CancellationToken cancellation)
    {
        VenueResult<string> key = await client.StreamKeyAsync("POST", cancellation).ConfigureAwait(false);
        return key.IsOk && key.Value.Length > 0
            ? new Uri(streams, "/private/ws?listenKey=" + Uri.EscapeDataString(key.Value))
            : throw new IOException($"no listen key: {key.Error.Kind}: {key.Error.Message}");
    }

    public ValueTask OnConnectedAsync(ISocketSender sender)
    {
        _prolongAt = default;
        sink.OnSubscribed();
        return ValueTask.CompletedTask;
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
        foreach (AccountEvent news in reader.Read(utf8, received))
        {
            sink.OnNews(news);
            if (news is StreamEnded { End: StreamEnd.ServerShutdown })
            {
                from.RequestReplacement();
            }
            else if (news is StreamEnded)
            {
                from.End(new DisconnectReason(DisconnectKind.Requested, DisconnectReason.Abnormal, "the listen key ran out"));
            }
        }
    }

    public void OnTick(ISocketSender sender, Timestamp now)
    {
        if (_prolongAt == default)
        {
            _prolongAt = now + KeepAlive;
        }
        else if (now >= _prolongAt && Interlocked.Exchange(ref _prolonging, 1) == 0)
        {
            _prolongAt = now + KeepAlive;
            _ = ProlongAsync(sender, now);
        }
    }

    public void OnDisconnected(DisconnectReason reason) => sink.OnLost();

    private async Task ProlongAsync(ISocketSender sender, Timestamp now)
    {
        try
        {
            VenueResult<string> prolonged = await client.StreamKeyAsync("PUT", sender.Ended).ConfigureAwait(false);
            if (prolonged.IsOk)
            {
                return;
            }

            if (prolonged.Error.Kind == VenueErrorKind.Authentication)
            {
                // The venue no longer knows the key: a new one, and a connection with it.
                sender.End(new DisconnectReason(DisconnectKind.Requested, DisconnectReason.Abnormal, "the listen key is gone"));
                return;
            }

            _prolongAt = now + RetryAfter;
        }
        catch (OperationCanceledException)
        {
            // The session ended meanwhile; the next one has its own key.
        }
        finally
        {
            Volatile.Write(ref _prolonging, 0);
        }
    }
}

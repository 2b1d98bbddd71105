using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>One connected client.</summary>
/// <param name="client">Its socket.</param>
/// <param name="address">Where it comes from.</param>
/// <param name="id">Name of the connection.</param>
internal sealed class BybitSession(StreamClient client, string address, string id)
{
    /// <summary>Its socket.</summary>
    public StreamClient Client { get; } = client;

    /// <summary>Where it comes from.</summary>
    public string Address { get; } = address;

    /// <summary>Name of the connection.</summary>
    public string Id { get; } = id;

    /// <summary>The account it proved; null before.</summary>
    public string? AccountName { get; set; }

    /// <summary>When it was heard of last, by the clock's ticks.</summary>
    public long HeardAt { get; set; }

    /// <summary>Answers, without faults.</summary>
    public void Answer(Action<Utf8JsonWriter> writeMembers)
    {
        using JsonScratch scratch = new();
        Utf8JsonWriter json = scratch.Start();
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
        Client.Answer(scratch.Text);
    }
}

/// <summary>What one kind of socket understands.</summary>
internal interface IBybitOperations
{
    /// <summary>Does what a message asks for, and answers it.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="operation">Its <c>op</c>.</param>
    /// <param name="message">All of it.</param>
    void Do(BybitSession session, string operation, JsonElement message);

    /// <summary>Told when a client left.</summary>
    void Leave(BybitSession session);
}

/// <summary>Sockets of one path: accepts them, hands over their messages, cuts those that are silent for too long.</summary>
/// <param name="venue">For matching faults.</param>
/// <param name="operations">What they understand.</param>
/// <param name="options">How sockets are treated.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="time">Clock of silence.</param>
internal sealed class BybitSocketServer(string venue, IBybitOperations operations, BybitSocketOptions options, FaultInjector faults, TimeProvider time)
{
    private static readonly TimeSpan _usualSilence = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _shortestSilence = TimeSpan.FromSeconds(30);

    private long _connections;

    /// <summary>Serves one socket until its end.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        string address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (!SocketLink.IsAskedFor(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        FaultPlan? fault = faults.ForRequest(venue, "CONNECT " + context.Request.Path.Value);
        if (fault is { Kind: FaultKind.Cut or FaultKind.Maintenance or FaultKind.ServerError })
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (options.Connects.Add(address, 1, options.Now()) > options.Connects.Rule.Limit)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using SocketLink link = await SocketLink.AcceptAsync(context, options.Sockets, time);
        string id = string.Create(CultureInfo.InvariantCulture, $"harrier{venue.Length:x}-{Interlocked.Increment(ref _connections):x}");
        BybitSession session = new(new StreamClient(venue, link, faults), address, id) { HeardAt = time.GetTimestamp() };
        using CancellationTokenSource ended = new();
        Task watch = WatchAsync(session, SilenceOf(context), ended.Token);
        try
        {
            await link.RunAsync(message => Take(session, message.Span));
        }
        finally
        {
            operations.Leave(session);
            await ended.CancelAsync();
            await watch;
        }
    }

    // A private socket may ask for a shorter time in its address: max_active_time=30s.
    private static TimeSpan SilenceOf(HttpContext context)
    {
        string asked = context.Request.Query["max_active_time"].ToString();
        (double factor, string number) = asked.EndsWith('m') ? (60, asked[..^1]) : asked.EndsWith('s') ? (1, asked[..^1]) : (0, "");
        return double.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out double value)
            ? TimeSpan.FromSeconds(Math.Clamp(value * factor, _shortestSilence.TotalSeconds, _usualSilence.TotalSeconds))
            : _usualSilence;
    }

    private bool Take(BybitSession session, ReadOnlySpan<byte> text)
    {
        session.HeardAt = time.GetTimestamp();
        try
        {
            Utf8JsonReader reader = new(text);
            using JsonDocument message = JsonDocument.ParseValue(ref reader);
            if (message.RootElement.ValueKind == JsonValueKind.Object && message.RootElement.TryGetProperty("op", out JsonElement op) && op.ValueKind == JsonValueKind.String)
            {
                operations.Do(session, op.GetString() ?? "", message.RootElement);
                return true;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        session.Answer(json =>
        {
            json.WriteBoolean("success"u8, false);
            json.WriteString("ret_msg"u8, "Request not authorized or malformed");
            json.WriteString("conn_id"u8, session.Id);
            json.WriteString("op"u8, "");
        });
        return true;
    }

    private async Task WatchAsync(BybitSession session, TimeSpan silence, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                TimeSpan left = silence - time.GetElapsedTime(session.HeardAt);
                if (left <= TimeSpan.Zero)
                {
                    await session.Client.Link.CloseAsync(WebSocketCloseStatus.NormalClosure, "no heartbeat");
                    return;
                }

                await Task.Delay(left, time, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The socket ended by itself.
        }
    }
}

/// <summary>How the venue's sockets are treated.</summary>
/// <param name="Sockets">As of every venue.</param>
/// <param name="Connects">Connections of an address, all paths together.</param>
/// <param name="Now">The venue's time.</param>
internal sealed record BybitSocketOptions(SocketRules Sockets, RateWindow Connects, Func<Timestamp> Now);

using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>How market streams of one market are served.</summary>
/// <param name="Venue">Venue id, for matching faults.</param>
/// <param name="Sockets">How sockets are treated.</param>
internal sealed record StreamServerOptions(string Venue, SocketRules Sockets)
{
    /// <value>Most streams of a connection.</value>
    public int MaxStreams { get; init; } = 1024;

    /// <value>Messages a client may send in a second.</value>
    public int MaxMessages { get; init; } = 5;

    /// <value>The venue's time.</value>
    public required Func<Timestamp> Now { get; init; }
}

/// <summary>Sockets of market streams: subscriptions by address or by message, the message limit, the end of life.</summary>
/// <param name="options">Limits.</param>
/// <param name="hub">The streams.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="time">Clock of limits and life.</param>
internal sealed class StreamServer(StreamServerOptions options, StreamHub hub, FaultInjector faults, TimeProvider time)
{
    /// <summary>The streams.</summary>
    public StreamHub Hub { get; } = hub;

    /// <summary>Serves one socket until its end.</summary>
    /// <param name="context">The request for it.</param>
    /// <param name="names">Streams in its address.</param>
    /// <param name="isCombined">Whether payloads are wrapped.</param>
    public async Task ServeAsync(HttpContext context, IReadOnlyList<string> names, bool isCombined)
    {
        if (!SocketLink.IsAskedFor(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        FaultPlan? fault = faults.ForRequest(options.Venue, "CONNECT " + context.Request.Path.Value);
        if (fault is { Kind: FaultKind.Cut or FaultKind.Maintenance or FaultKind.ServerError })
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using SocketLink link = await SocketLink.AcceptAsync(context, options.Sockets, time);
        StreamClient client = new(options.Venue, link, faults) { IsCombined = isCombined };
        MessageRate rate = new(options.MaxMessages, time);
        using CancellationTokenSource ended = new();
        Hub.Join(client);
        _ = Hub.Subscribe(client, names, options.MaxStreams);
        Task life = SocketLife.WatchAsync(link.EndAsync, options.Sockets, () => GiveNotice(client), time, ended.Token);
        try
        {
            await link.RunAsync(message => rate.TryCount() && Handle(client, message.Span));
        }
        finally
        {
            Hub.Leave(client);
            await ended.CancelAsync();
            await life;
        }
    }

    private static void Fail(StreamClient client, int code, string message, ReadOnlySpan<byte> id)
    {
        using JsonScratch scratch = new();
        Utf8JsonWriter json = scratch.Start();
        json.WriteStartObject();
        json.WriteNumber("code"u8, code);
        json.WriteString("msg"u8, message);
        WriteId(json, id);
        client.Answer(scratch.Text);
    }

    private static void WriteId(Utf8JsonWriter json, ReadOnlySpan<byte> id)
    {
        json.WritePropertyName("id"u8);
        json.WriteRawValue(id.IsEmpty ? "null"u8 : id, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static void Succeed(StreamClient client, ReadOnlySpan<byte> id, Action<Utf8JsonWriter> writeResult)
    {
        using JsonScratch scratch = new();
        Utf8JsonWriter json = scratch.Start();
        json.WriteStartObject();
        json.WritePropertyName("result"u8);
        writeResult(json);
        WriteId(json, id);
        client.Answer(scratch.Text);
    }

    private void GiveNotice(StreamClient client)
    {
        string payload = FormattableString.Invariant($$"""{"e":"serverShutdown","E":{{options.Now().UnixMilliseconds}}}""");
        client.Answer(System.Text.Encoding.ASCII.GetBytes(client.IsCombined ? $$"""{"stream":"!serverShutdown","data":{{payload}}}""" : payload));
    }

    private bool Handle(StreamClient client, ReadOnlySpan<byte> message)
    {
        StreamCommand? command = StreamCommand.Read(message, out string? invalid);
        if (command is null)
        {
            Fail(client, invalid is null ? 3 : 2, invalid ?? "Invalid JSON: expected value at line 1 column 1", []);
            return true;
        }

        switch (command.Method)
        {
            case "SUBSCRIBE":
                Subscribe(client, command);
                break;
            case "UNSUBSCRIBE":
                Hub.Unsubscribe(client, command.Names);
                Succeed(client, command.Id, static json => json.WriteNullValue());
                break;
            case "LIST_SUBSCRIPTIONS":
                Succeed(client, command.Id, json => WriteNames(json, Hub.SubscriptionsOf(client)));
                break;
            case "SET_PROPERTY" or "GET_PROPERTY":
                HandleProperty(client, command);
                break;
            default:
                Fail(
                    client,
                    2,
                    $"Invalid request: unknown variant `{command.Method}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`",
                    command.Id);
                break;
        }

        return true;
    }

    private static void WriteNames(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteStartArray();
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void HandleProperty(StreamClient client, StreamCommand command)
    {
        if (command.Names is not ["combined"])
        {
            Fail(client, 0, "Unknown property", command.Id);
        }
        else if (command.Method == "GET_PROPERTY")
        {
            Succeed(client, command.Id, json => json.WriteBooleanValue(client.IsCombined));
        }
        else if (command.Flag is { } flag)
        {
            client.IsCombined = flag;
            Succeed(client, command.Id, static json => json.WriteNullValue());
        }
        else
        {
            Fail(client, 1, "Invalid value type: expected Boolean", command.Id);
        }
    }

    private void Subscribe(StreamClient client, StreamCommand command)
    {
        if (Hub.Subscribe(client, command.Names, options.MaxStreams))
        {
            Succeed(client, command.Id, static json => json.WriteNullValue());
        }
        else
        {
            Fail(client, 2, $"Invalid request: too many parameters, at most {options.MaxStreams} streams", command.Id);
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Harrier.Api.Hosting;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Telemetry;
using Harrier.Storage.Records;

namespace Harrier.Cli.Doctor;

/// <summary>Looks at what a run needs of others: its port, the exchanges, the database, the ways of its notifications.</summary>
/// <param name="surroundings">The outside world.</param>
internal sealed class OutsideChecks(VenueSurroundings surroundings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether the service can listen.</summary>
    public static Finding Port(ApiOptions service)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"{service.Bind}:{service.Port}");
        try
        {
            using TcpListener listener = new(service.Bind, service.Port);
            listener.Start();
            return IPAddress.IsLoopback(service.Bind) || service.Proxies.Count > 0
                ? new Finding("port", Health.Ok, $"{address} is free")
                : new Finding("port", Health.Warning, $"{address} is free, and others reach it in clear text", "put a proxy with TLS before it and name it with --behind-proxy; see docs/deployment.md");
        }
        catch (SocketException fault)
        {
            return new Finding("port", Health.Warning, $"{address} cannot be listened on: {fault.SocketErrorCode}", "fine while harrier runs there; else choose another --port, or an address of this machine");
        }
    }

    /// <summary>Whether the exchanges of a configuration answer, and what their clocks say.</summary>
    public async Task<IReadOnlyList<Finding>> VenuesAsync(RunSettings settings, CancellationToken stop)
    {
        List<Finding> findings = [];
        foreach ((string venue, string endpoint) in settings.Accounts.Select(static account => (account.Venue, account.Endpoint)).Distinct())
        {
            if (endpoint == AccountSettings.BuiltIn)
            {
                findings.Add(new Finding($"exchange {venue}", Health.Ok, "the built-in exchange starts with the run"));
                continue;
            }

            findings.AddRange(await VenueAsync(venue, endpoint, stop).ConfigureAwait(false));
        }

        return findings;
    }

    /// <summary>Whether the database of the records answers.</summary>
    /// <param name="address">A server's address; a file is part of the home.</param>
    public static Finding Database(string address)
    {
        if (!RecordStore.IsServer(address))
        {
            return new Finding("database", Health.Ok, $"a file, {address}");
        }

        try
        {
            return new Finding("database", Health.Ok, $"{RecordStore.Knock(address)} answers");
        }
        catch (RecordStoreException fault)
        {
            return new Finding("database", Health.Fault, fault.Message, "start it, and check host, user and password in records; a run does not start without it");
        }
    }

    /// <summary>Whether the servers of notifications can be reached; nothing is sent.</summary>
    public async Task<IReadOnlyList<Finding>> ChannelsAsync(NotificationSettings? notifications, CancellationToken stop)
    {
        List<Finding> findings = [];
        foreach (ChannelSettings channel in notifications?.Channels ?? [])
        {
            (string host, int port) = channel switch
            {
                TelegramSettings telegram => (telegram.Address.DnsSafeHost, telegram.Address.Port),
                MailSettings mail => (mail.Host, mail.Port),
                WebhookSettings hook when new Uri(hook.Url.Value.Reveal()) is { } url => (url.DnsSafeHost, url.Port),
                _ => ("", 0),
            };
            string? refusal = await KnockAsync(host, port, stop).ConfigureAwait(false);
            string where = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
            findings.Add(refusal is null
                ? new Finding($"channel {channel.Name}", Health.Ok, $"{where} is reached; harrier notify test sends a message")
                : new Finding($"channel {channel.Name}", Health.Warning, $"{where} is not reached: {refusal}", "check its address and the firewall; bots trade without it"));
        }

        return findings;
    }

    /// <summary>Whether the collector of traces and metrics can be reached; nothing is sent.</summary>
    public async Task<IReadOnlyList<Finding>> CollectorAsync(TelemetrySettings telemetry, CancellationToken stop)
    {
        if (telemetry.Endpoint is not { } endpoint)
        {
            return [];
        }

        string? refusal = await KnockAsync(endpoint.DnsSafeHost, endpoint.Port, stop).ConfigureAwait(false);
        string where = string.Create(CultureInfo.InvariantCulture, $"{endpoint.DnsSafeHost}:{endpoint.Port}");
        return
        [
            refusal is null
                ? new Finding("telemetry", Health.Ok, $"{where} is reached")
                : new Finding("telemetry", Health.Warning, $"{where} is not reached: {refusal}", "check telemetry.endpoint, its port (4318 for http/protobuf, 4317 for grpc) and the firewall; bots trade without it"),
        ];
    }

    private async Task<IEnumerable<Finding>> VenueAsync(string venue, string endpoint, CancellationToken stop)
    {
        // Requests are tried again and again; where nobody listens, that need not be waited for.
        if (Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && await KnockAsync(address.DnsSafeHost, address.Port, stop).ConfigureAwait(false) is { } refusal)
        {
            return [Away(venue, endpoint, refusal)];
        }

        using CancellationTokenSource timed = new(Patience, surroundings.Time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(timed.Token, stop);
        VenueResult<IMarketHistory> history = Composition.Exchanges.Of(venue).OpenHistory(new HistoryRequest(venue, EndpointChoice.ReadPublic(endpoint)), surroundings);
        if (!history.IsOk)
        {
            return [new Finding($"exchange {venue}", Health.Warning, history.Error.Message)];
        }

        using (history.Value)
        {
            try
            {
                HistoryAnswer<Timestamp> now = await history.Value.TimeAsync(ends.Token).ConfigureAwait(false);
                if (now.IsOk)
                {
                    TimeSpan offset = now.Value.ToDateTimeOffset() - surroundings.Time.GetUtcNow();
                    return [new Finding($"exchange {venue}", Health.Ok, $"{endpoint} answers"), ClockProbe.Judge(offset, $"{venue} ({endpoint})")];
                }

                return [Away(venue, endpoint, now.Fault.Message)];
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return [Away(venue, endpoint, "no answer in time")];
            }
        }
    }

    private static Finding Away(string venue, string endpoint, string why) =>
        new($"exchange {venue}", Health.Fault, $"{endpoint} does not answer: {why}", "check the address, the network, and whether the exchange serves this country");

    private async Task<string?> KnockAsync(string host, int port, CancellationToken stop)
    {
        using CancellationTokenSource timed = new(Patience, surroundings.Time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(timed.Token, stop);
        try
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(host, port, ends.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode.ToString();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }
}

using Harrier.Cli.Running;
using Harrier.Cli.Streaming;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Cli.Doctor;

/// <summary>Looks at everything that a run needs, one thing after the other.</summary>
/// <param name="time">The wall clock.</param>
internal sealed class Examination(TimeProvider time)
{
    /// <summary>Looks.</summary>
    /// <param name="request">What would be run.</param>
    /// <param name="timeServer">A time server; null to ask none.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(RunRequest request, string? timeServer, CancellationToken stop)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, time, new WarningLogger(static _ => { }));
        OutsideChecks outside = new(surroundings);
        List<Finding> findings = [Configuration(request)];
        findings.AddRange(HomeChecks.Of(request.Home));
        findings.AddRange(new MachineChecks(time).Of(request.Home, request.Settings));
        findings.AddRange(Secrets(request.Settings));
        using (ControlClient? running = await ControlClient.ConnectAsync(request.Home, stop).ConfigureAwait(false))
        {
            findings.Add(new Finding("run", Health.Ok, running is null ? "nothing runs on this home" : "a process runs on this home"));
        }

        findings.Add(OutsideChecks.Port(request.Service));
        findings.Add(OutsideChecks.Database(request.Records));
        findings.AddRange(JournalChecks.Of(new HomeReader(request.Home, RunRequestOptions.Reader())));
        if (timeServer is not null)
        {
            findings.Add(await new ClockProbe(time).AskAsync(timeServer, stop).ConfigureAwait(false));
        }

        findings.AddRange(await outside.VenuesAsync(request.Settings, stop).ConfigureAwait(false));
        findings.AddRange(await outside.CollectorAsync(request.Settings.Telemetry, stop).ConfigureAwait(false));
        findings.AddRange(await outside.ChannelsAsync(request.Settings.Notifications, stop).ConfigureAwait(false));
        if (!findings.Exists(static finding => finding.Subject == "clock"))
        {
            findings.Add(new Finding("clock", Health.Ok, "not measured: nobody outside was asked", "--ntp pool.ntp.org measures it"));
        }

        return findings;
    }

    private static Finding Configuration(RunRequest request) => new(
        "configuration",
        Health.Ok,
        FormattableString.Invariant($"{request.Settings.Accounts.Count} accounts, {request.Settings.Accounts.Sum(static account => account.Bots.Count)} bots{(request.HasConfig ? "" : ", the default")}"));

    private static IEnumerable<Finding> Secrets(RunSettings settings) => settings.Accounts
        .Select(static account => account.KeyFile)
        .OfType<string>()
        .Concat((settings.Notifications?.Channels ?? []).SelectMany(SourcesOf).Where(static source => source.StartsWith("file:", StringComparison.Ordinal)).Select(static source => source["file:".Length..]))
        .Concat(settings.Telemetry.Headers is { Source: var source } && source.StartsWith("file:", StringComparison.Ordinal) ? [source["file:".Length..]] : [])
        .Distinct(StringComparer.Ordinal)
        .Select(HomeChecks.Private);

    private static IEnumerable<string> SourcesOf(ChannelSettings channel) => channel switch
    {
        TelegramSettings telegram => [telegram.Token.Source],
        MailSettings { Password: { } password } => [password.Source],
        WebhookSettings hook => [hook.Url.Source, hook.Secret.Source],
        _ => [],
    };
}

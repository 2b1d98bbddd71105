using System.CommandLine;
using Harrier.Api.Hosting;
using Harrier.Cli.Running;
using Harrier.Cli.Streaming;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Logging;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Telemetry;
using Harrier.Storage.Sessions;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Harrier.Cli.Verbs;

/// <summary><c>run</c>: bots that trade until they are stopped, and go on where they were.</summary>
public static class RunVerb
{
    private static readonly string[] Environments = ["live", "demo", "dry-run", "paper"];

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        RunRequestOptions options = new();
        Command command = new("run", "Run paper bots, on the built-in exchange where nothing else is said, until stopped; they go on where they were.");
        options.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            InvocationConfiguration streams = parsed.InvocationConfiguration;
            return Task.Run(
                () => BadInput.Guard(streams.Error, () => RunAsync(options.Read(parsed), streams, stop).GetAwaiter().GetResult(), parsed.GetValue(verbose)),
                CancellationToken.None);
        });
        return command;
    }

    private static async Task<int> RunAsync(RunRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        using HomeLock? home = HomeLock.TryTake(request.Home, out string owner);
        if (home is null)
        {
            return await AttachAsync(request, owner, streams, stop).ConfigureAwait(false);
        }

        using RunLog log = RunLog.Open(request.Home, request.Settings.Logging);
        ILogger own = log.CreateLogger("Harrier.Run");
        RunEntries.Started(own, request.Service.Version, Environment.ProcessId, request.Settings.Accounts.Count, request.Settings.Portfolios.Count);
        try
        {
            int code = await CarryAsync(request, log, streams, stop).ConfigureAwait(false);
            RunEntries.Ended(own, code);
            return code;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            RunEntries.Failed(own, fault);
            throw;
        }
    }

    private static async Task<int> CarryAsync(RunRequest request, RunLog log, InvocationConfiguration streams, CancellationToken stop)
    {
        using IRunView terminal = ViewOf(request, streams);
        using LoggedView shown = new(terminal, log.CreateLogger("Harrier.Run"));
        foreach (string note in request.Notes)
        {
            shown.Warn($"warning: {note}");
        }

        RecordDesk records = new(request, TimeProvider.System, shown.Warn);
        await using (records.ConfigureAwait(false))
        {
            using WatchedView view = new(shown, records.Tell, records.Show);
            RunDesk desk = new(new EventLog());
            EventEntries.Follow(desk.Events, log.CreateLogger("Harrier.Events"));
            RunIdentity identity = new(request.Service.Version, EnvironmentOf(request.Settings));
            using RunMeter meter = new(desk, identity, TimeProvider.System);
            using TelemetryExport? export = TelemetryExport.Start(request.Settings.Telemetry, identity, meter);
            log.Measure(meter.Meter);
            using JobDesk jobs = new(TimeProvider.System);
            ApiService service = await RunService.StartAsync(request, (desk, meter, jobs, log), records.Store, stop).ConfigureAwait(false);
            await using (service.ConfigureAwait(false))
            {
                // The link lets whoever has it in: it is for the person at the terminal, and for no file.
                if (service.SetupPath is { } path)
                {
                    terminal.Warn($"nobody can sign in yet: open {new Uri(service.Address, path)} to be the first");
                }

                shown.Warn($"listening on {service.Address}; harrier token create makes tokens for programs");
                ILogger venues = new LoggerPair(new WarningLogger(terminal.Warn), log.CreateLogger("Harrier.Exchanges"));
                return await NotifiedAsync(request, (view, shown, venues), (desk, records, meter), stop).ConfigureAwait(false);
            }
        }
    }

    // That of the account with most at stake.
    private static string EnvironmentOf(RunSettings settings) =>
        settings.Accounts.Select(static account => account.Kind.Name).OrderBy(static mode => Array.IndexOf(Environments, mode)).FirstOrDefault() ?? "portfolio";

    // What channels have to say of themselves is an event like others.
    private static async Task<int> NotifiedAsync(RunRequest request, (IRunView Watched, IRunView Shown, ILogger Venues) views, (RunDesk Control, RecordDesk Records, RunMeter Meter) desks, CancellationToken stop)
    {
        void Tell(AccountEvent note)
        {
            desks.Control.Events.Add(note);
            views.Shown.Tell(note);
        }

        LiveNotifications notifications = new(request.Settings.Notifications, settings => NotificationChannels.Start(settings, (desks.Control, desks.Records.Store), TimeProvider.System, Tell));
        await using (notifications.ConfigureAwait(false))
        {
            return await new RunSession(request, views.Watched, desks, TimeProvider.System) { Notify = notifications.ReplaceAsync, VenueLog = views.Venues }.RunAsync(stop).ConfigureAwait(false);
        }
    }

    // A second process on a home looks at the first: only one may write.
    private static async Task<int> AttachAsync(RunRequest request, string owner, InvocationConfiguration streams, CancellationToken stop)
    {
        if (request.HasConfig)
        {
            throw new InputException("config", request.Home, $"a configuration for a home on which nothing runs; {owner} does: leave --config out to watch it");
        }

        using ControlClient client = await ControlClient.ConnectAsync(request.Home, stop).ConfigureAwait(false)
            ?? throw new InputException("home", request.Home, $"a folder on which nothing runs, or a run that answers; {owner} has it and does not answer: it is starting or ending");
        using IRunView view = ViewOf(request, streams);
        return await new AttachedRun(client, view, TimeProvider.System).RunAsync(request.For, stop).ConfigureAwait(false);
    }

    private static IRunView ViewOf(RunRequest request, InvocationConfiguration streams)
    {
        if (request.IsJson)
        {
            return new RunJson(streams.Output, streams.Error);
        }

        return Console.IsOutputRedirected ? new RunLines(streams.Output, streams.Error) : new RunTable(AnsiConsole.Console);
    }
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Harrier.Cli.Composition;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Supervision;
using Harrier.Hosting.Telemetry;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;
using Microsoft.Extensions.Logging;

namespace Harrier.Cli.Running;

/// <summary>Runs accounts until they are stopped or the time is over.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="desks">Where it is watched and steered, who keeps its records, and who measures it.</param>
/// <param name="time">The wall clock.</param>
internal sealed class RunSession(RunRequest request, IRunView view, (RunDesk Control, RecordDesk Records, RunMeter Meter) desks, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets others be told than before; null where nobody is.</summary>
    public Func<NotificationSettings?, Task>? Notify { get; init; }

    /// <summary>Takes what connections to venues have to say; null shows it to the person alone.</summary>
    public ILogger? VenueLog { get; init; }

    /// <summary>Runs. All accounts are open before the first begins: what cannot be opened leaves nothing started.</summary>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0 when it was stopped or its time is over; 1 when an account failed.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.For ?? Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, time, VenueLog ?? new WarningLogger(view.Warn)) with
        {
            PingInterval = request.Settings.Connections.PingInterval,
            RequestQueue = request.Settings.Connections.RequestQueue,
        };
        using WatchedView logged = new(view, desks.Control.Events.Add);
        string[] builtIn = BuiltInSymbols();
        BuiltInExchange? exchange = builtIn.Length == 0 ? null : await StartExchangeAsync(builtIn, stop).ConfigureAwait(false);
        desks.Control.BuiltInPlace = venue => exchange is not null && exchange.Host.Origins.TryGetValue(venue.Split('-')[0], out var origin) ? new Uri(origin.Http) : null;
        try
        {
            ComposerParts parts = new(exchange, desks.Records, desks.Meter) { Connections = request.Settings.Connections };
            using RunningPortfolios portfolios = new(new PortfolioComposer(request.Home, surroundings, exchange, desks.Records.Store), logged);
            return await CarryAsync(new AccountComposer(request.Home, surroundings, parts, logged), portfolios, builtIn, ends.Token).ConfigureAwait(false);
        }
        finally
        {
            if (exchange is not null)
            {
                await exchange.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    [SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed", Justification = "Who watches the configuration is disposed of before what reads it anew.")]
    private async Task<int> CarryAsync(AccountComposer composer, RunningPortfolios portfolios, string[] builtIn, CancellationToken ends)
    {
        byte[]? seen = request.Watched is { } watched ? ConfigurationWatch.DigestOf(watched) : null;
        List<ChangingAccount> first = await OpenAsync(composer, portfolios, ends).ConfigureAwait(false);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ends);
        using AccountFleet fleet = new(view.Warn, over.Token);
        AccountOpener opener = new(composer, fleet, (desks.Control, desks.Records), builtIn, over.Token) { Tell = view.Warn, Time = time };
        using ConfigurationReload reload = new(request, fleet, opener) { Notify = Notify, Portfolios = new PortfolioReload(desks.Records.Store, request.Settings.Portfolios, time) };
        desks.Control.Reload = reload.RunAsync;
        desks.Control.Configuration = () => ConfigurationAsync(fleet.Accounts);
        using PosixSignalRegistration? hangup = OnHangUp(reload);
        using ConfigurationWatch? watch = request.Watched is { } file ? new ConfigurationWatch(file, seen, time, () => ReloadAsync(reload, "--watch")) : null;
        ControlServer control = new(request.Home, desks.Control);
        await using ConfiguredAsyncDisposable serving = control.ConfigureAwait(false);

        view.Begin([.. first.Select(static runner => runner.Status)]);
        first.ForEach(fleet.Start);
        portfolios.Start(over.Token);
        bool isTooLarge = await WatchAsync(fleet, over).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        bool isWell = await fleet.EndAsync().ConfigureAwait(false) & await portfolios.EndAsync().ConfigureAwait(false);
        view.End(fleet.Status);
        return isWell && !isTooLarge ? 0 : 1;
    }

    private async Task<List<ChangingAccount>> OpenAsync(AccountComposer composer, RunningPortfolios portfolios, CancellationToken ends)
    {
        using Activity? span = Tracing.Source.StartActivity("start");
        List<ChangingAccount> first = [];
        foreach (AccountSettings account in request.Settings.Accounts)
        {
            if (await composer.ComposeAsync(account, ends).ConfigureAwait(false) is { } runner)
            {
                first.Add(runner);
                desks.Control.Add(runner);
            }
        }

        await portfolios.OpenAsync(request.Settings.Portfolios, desks.Control, ends).ConfigureAwait(false);
        return first;
    }

    // Until nothing is carried any more.
    private async Task<bool> WatchAsync(AccountFleet fleet, CancellationTokenSource over)
    {
        MemoryWatch memory = new(request.Settings.MaxMemoryMib * 1024L * 1024);
        bool isTooLarge = false;
        while (!fleet.IsOver)
        {
            await Task.WhenAny(fleet.Completion, Task.Delay(LookEvery, time, CancellationToken.None)).ConfigureAwait(false);
            view.Show(fleet.Status);
            desks.Meter.Look(desks.Control.Status);
            isTooLarge |= await IsTooLargeAsync(memory, over).ConfigureAwait(false);
            foreach ((string account, string bot) in fleet.Fence(Timestamp.From(time.GetUtcNow())))
            {
                // Nothing can end a thread that hangs but the end of its process: the others save their states, and the next start leaves the call out.
                view.Warn($"error: account {account}: the strategy of bot {bot} does not come back; the run ends so that its supervisor can start it again");
                await over.CancelAsync().ConfigureAwait(false);
            }
        }

        return isTooLarge;
    }

    // A process that would be killed for its memory ends well before, and is started again.
    private async Task<bool> IsTooLargeAsync(MemoryWatch memory, CancellationTokenSource over)
    {
        long used = Environment.WorkingSet;
        switch (memory.Look(used))
        {
            case MemoryState.BecameNear:
                view.Warn(FormattableString.Invariant($"warning: the process uses {used / 1024 / 1024} MiB of the {request.Settings.MaxMemoryMib} MiB that max_memory_mib allows"));
                return false;
            case MemoryState.Reached when !over.IsCancellationRequested:
                view.Warn(FormattableString.Invariant($"error: the process uses {used / 1024 / 1024} MiB, and max_memory_mib allows {request.Settings.MaxMemoryMib}: all accounts save their states, and the run ends so that its supervisor can start it again"));
                await over.CancelAsync().ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    // Accounts that have ended are left as they began.
    private async Task<JsonObject> ConfigurationAsync(IReadOnlyList<ChangingAccount> runners)
    {
        AccountSettings?[] now = await Task.WhenAll(runners.Select(static runner => runner.SettingsAsync())).ConfigureAwait(false);
        IEnumerable<AccountSettings> first = request.Settings.Accounts.Select(one => Array.Find(now, found => found?.Name == one.Name) ?? one);
        IEnumerable<AccountSettings> added = now.OfType<AccountSettings>().Where(one => request.Settings.Accounts.All(known => known.Name != one.Name));
        return RunSettingsText.Of(request.Settings with { Accounts = [.. first, .. added] });
    }

    private PosixSignalRegistration? OnHangUp(ConfigurationReload reload) => OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = Task.Run(() => ReloadAsync(reload, "SIGHUP"));
    });

    private async Task ReloadAsync(ConfigurationReload reload, string by)
    {
        CommandAnswer answer = await reload.RunAsync(by, "").ConfigureAwait(false);
        foreach (string line in answer.Text.Split('\n'))
        {
            view.Warn($"{(answer.IsDone ? "" : "error: ")}configuration: {line}");
        }
    }

    // None where no account trades on the built-in exchange.
    private string[] BuiltInSymbols()
    {
        AccountSettings[] local = [.. request.Settings.Accounts.Where(static account => account.Endpoint == AccountSettings.BuiltIn)];
        bool isEmpty = local.Length == 0 && request.Settings.Portfolios.All(static portfolio => portfolio.Endpoint != AccountSettings.BuiltIn);
        return isEmpty ? [] : [.. ConvertedSymbols().Concat(local.SelectMany(static account => account.Symbols)).Distinct(StringComparer.Ordinal)];
    }

    private IEnumerable<string> ConvertedSymbols() => request.Settings.Portfolios.Where(static one => one.Endpoint == AccountSettings.BuiltIn)
        .SelectMany(static one => Portfolio.PortfolioSymbols.Of(one.Venue, one.Pairs)).Concat(BuiltInExchangeOptions.DefaultSymbols);

    private async Task<BuiltInExchange?> StartExchangeAsync(string[] symbols, CancellationToken stop) =>
        await Composition.Exchange.StartAsync(
            new ExchangeRequest(new TestnetOptions { Port = 0, Seed = request.Settings.Seed }, symbols) { KeptIn = Path.Combine(request.Home, "exchange", "exchange.state"), Warn = view.Warn },
            stop).ConfigureAwait(false);
}

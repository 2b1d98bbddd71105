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
using Harrier.Hosting.Supervision;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;

namespace Harrier.Cli.Running;

/// <summary>Runs accounts until they are stopped or the time is over.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="desks">Where it is watched and steered, who keeps its records, and who measures it.</param>
/// <param name="time">The wall clock.</param>
internal sealed class RunSession(RunRequest request, IRunView view, (RunDesk Control, RecordDesk Records, RunMeter Meter) desks, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs. All accounts are open before the first begins: what cannot be opened leaves nothing started.</summary>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0 when it was stopped or its time is over; 1 when an account failed.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.For ?? Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, time, new WarningLogger(view.Warn)) with
        {
            PingInterval = request.Settings.Connections.PingInterval,
            RequestQueue = request.Settings.Connections.RequestQueue,
        };
        using WatchedView logged = new(view, desks.Control.Events.Add);
        BuiltInExchange? exchange = await StartExchangeAsync(stop).ConfigureAwait(false);
        desks.Control.BuiltInPlace = venue => exchange is not null && exchange.Host.Origins.TryGetValue(venue.Split('-')[0], out var origin) ? new Uri(origin.Http) : null;
        try
        {
            return await CarryAsync(new AccountComposer(request.Home, surroundings, new ComposerParts(exchange, desks.Records, desks.Meter) { Connections = request.Settings.Connections }, logged), ends.Token).ConfigureAwait(false);
        }
        finally
        {
            if (exchange is not null)
            {
                await exchange.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<int> CarryAsync(AccountComposer composer, CancellationToken ends)
    {
        List<ChangingAccount> runners = [];
        foreach (AccountSettings account in request.Settings.Accounts)
        {
            if (await composer.ComposeAsync(account, ends).ConfigureAwait(false) is { } runner)
            {
                runners.Add(runner);
                desks.Control.Add(runner);
            }
        }

        using ConfigurationReload reload = new(request, runners);
        desks.Control.Reload = reload.RunAsync;
        desks.Control.Configuration = () => ConfigurationAsync(runners);
        using PosixSignalRegistration? hangup = OnHangUp(reload);
        ControlServer control = new(request.Home, desks.Control);
        await using ConfiguredAsyncDisposable serving = control.ConfigureAwait(false);

        view.Begin([.. runners.Select(static runner => runner.Status)]);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ends);
        Task<bool>[] carried = [.. runners.Select(runner => Task.Run(() => CarryAsync(runner, over.Token), CancellationToken.None))];
        List<Task<bool>> awaited = [.. carried];
        MemoryWatch memory = new(request.Settings.MaxMemoryMib * 1024L * 1024);
        bool isTooLarge = false;
        while (!awaited.TrueForAll(static task => task.IsCompleted))
        {
            await Task.WhenAny(Task.WhenAll(awaited), Task.Delay(LookEvery, time, CancellationToken.None)).ConfigureAwait(false);
            view.Show([.. runners.Select(static runner => runner.Status)]);
            desks.Meter.Look(desks.Control.Status);
            isTooLarge |= await IsTooLargeAsync(memory, over).ConfigureAwait(false);
            for (int i = 0; i < carried.Length; i++)
            {
                if (awaited.Contains(carried[i]) && runners[i].Fence(Timestamp.From(time.GetUtcNow())) is { } bot)
                {
                    // Nothing can end a thread that hangs but the end of its process: the others save their states, and the next start leaves the call out.
                    view.Warn($"error: account {runners[i].Status.Name}: the strategy of bot {bot} does not come back; the run ends so that its supervisor can start it again");
                    awaited.Remove(carried[i]);
                    await over.CancelAsync().ConfigureAwait(false);
                }
            }
        }

        bool[] outcomes = await Task.WhenAll(awaited).ConfigureAwait(false);
        view.End([.. runners.Select(static runner => runner.Status)]);
        runners.ForEach(static runner => runner.Dispose());
        return !isTooLarge && outcomes.Length == carried.Length && outcomes.All(static isWell => isWell) ? 0 : 1;
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
        return RunSettingsText.Of(request.Settings with { Accounts = [.. request.Settings.Accounts.Select(one => Array.Find(now, found => found?.Name == one.Name) ?? one)] });
    }

    private PosixSignalRegistration? OnHangUp(ConfigurationReload reload) => OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        _ = Task.Run(() => ReloadAsync(reload));
    });

    private async Task ReloadAsync(ConfigurationReload reload)
    {
        CommandAnswer answer = await reload.RunAsync("SIGHUP", "").ConfigureAwait(false);
        foreach (string line in answer.Text.Split('\n'))
        {
            view.Warn($"{(answer.IsDone ? "" : "error: ")}configuration: {line}");
        }
    }

    // One account that fails does not take the others with it.
    private async Task<bool> CarryAsync(ChangingAccount runner, CancellationToken ends)
    {
        try
        {
            await runner.RunAsync(ends).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            view.Warn($"error: account {runner.Status.Name}: stopped: {fault.Message}");
            return false;
        }
    }

    private async Task<BuiltInExchange?> StartExchangeAsync(CancellationToken stop)
    {
        AccountSettings[] local = [.. request.Settings.Accounts.Where(static account => account.Endpoint == AccountSettings.BuiltIn)];
        if (local.Length == 0)
        {
            return null;
        }

        string[] symbols = [.. BuiltInExchangeOptions.DefaultSymbols.Concat(local.SelectMany(static account => account.Symbols)).Distinct(StringComparer.Ordinal)];
        return await Composition.Exchange.StartAsync(new ExchangeRequest(new TestnetOptions { Port = 0, Seed = request.Settings.Seed }, symbols), stop).ConfigureAwait(false);
    }
}

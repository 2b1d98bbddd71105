using System.Runtime.CompilerServices;
using Harrier.Cli.Composition;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Hosting.Metering;
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
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, time, new WarningLogger(view.Warn));
        using LoggedView logged = new(view, desks.Control.Events);
        BuiltInExchange? exchange = await StartExchangeAsync(stop).ConfigureAwait(false);
        try
        {
            return await CarryAsync(new AccountComposer(request.Home, surroundings, new ComposerParts(exchange, desks.Records, desks.Meter), logged), ends.Token).ConfigureAwait(false);
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

        ControlServer control = new(request.Home, desks.Control);
        await using ConfiguredAsyncDisposable serving = control.ConfigureAwait(false);

        view.Begin([.. runners.Select(static runner => runner.Status)]);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ends);
        Task<bool>[] carried = [.. runners.Select(runner => Task.Run(() => CarryAsync(runner, over.Token), CancellationToken.None))];
        List<Task<bool>> awaited = [.. carried];
        while (!awaited.TrueForAll(static task => task.IsCompleted))
        {
            await Task.WhenAny(Task.WhenAll(awaited), Task.Delay(LookEvery, time, CancellationToken.None)).ConfigureAwait(false);
            view.Show([.. runners.Select(static runner => runner.Status)]);
            desks.Meter.Look(desks.Control.Status);
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
        return outcomes.Length == carried.Length && outcomes.All(static isWell => isWell) ? 0 : 1;
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

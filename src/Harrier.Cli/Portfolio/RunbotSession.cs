using System.Runtime.CompilerServices;
using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Cli.Composition;
using Harrier.Cli.Running;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Logging;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Cli.Portfolio;

/// <summary>Runs a portfolio bot until it is stopped, or its time is over.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="time">The wall clock.</param>
internal sealed class RunbotSession(RunbotRequest request, IRunView view, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it in this process, which has the home's lock.</summary>
    /// <param name="stop">Stopped by the user.</param>
    /// <returns>0; 1 when the account failed.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource timed = new(request.For ?? Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        using RecordStore records = PortfolioOptions.Open(request.Home);
        PortfolioStore store = new(records, request.Account.Name);
        string bot = request.Bot ?? PortfolioStore.DefaultBot;
        Prepare(store, bot);
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, time, new WarningLogger(view.Warn));
        BuiltInExchange? exchange = request.Account.Endpoint == AccountSettings.BuiltIn
            ? await StartExchangeAsync(store, stop).ConfigureAwait(false)
            : null;
        try
        {
            RunDesk desk = new(new EventLog());
            using WatchedView logged = new(view, desk.Events.Add);
            using CarriedPortfolio carried = await new PortfolioComposer(request.Home, surroundings, exchange, records)
                .ComposeAsync(request.Account, ([bot], request.IsDryRun ? [bot] : []), logged, ends.Token).ConfigureAwait(false);
            desk.Add(carried.Host);
            return await ServeAsync(carried.Host, desk, records, ends.Token).ConfigureAwait(false);
        }
        finally
        {
            if (exchange is not null)
            {
                await exchange.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the process that has the home carry the bot too, and shows what becomes of it.</summary>
    /// <param name="client">The connection to that process.</param>
    /// <param name="stop">Stopped by the user: the bot ends, the other process goes on.</param>
    /// <exception cref="InputException">The process does not carry such an account.</exception>
    public async Task<int> AttachAsync(ControlClient client, CancellationToken stop)
    {
        using RecordStore records = PortfolioOptions.Open(request.Home);
        PortfolioStore store = new(records, request.Account.Name);
        string bot = await FreeNameAsync(client, stop).ConfigureAwait(false);
        Prepare(store, bot);
        AccountCommand add = new(AccountOrder.AddBot, null, Environment.UserName, "runbot")
        {
            Changes = [KeyValuePair.Create("name", bot), KeyValuePair.Create("dry_run", request.IsDryRun ? "true" : "false")],
        };
        CommandAnswer answer = await OrderAsync(client, add, stop).ConfigureAwait(false);
        if (!answer.IsDone)
        {
            throw new InputException("bot", bot, answer.Text);
        }

        view.Warn($"bot {bot} runs as another of account {request.Account.Name}; ending this ends it alone");
        _ = await new AttachedRun(client, view, time).RunAsync(request.For, stop).ConfigureAwait(false);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5), time);
        using ControlClient? again = await ControlClient.ConnectAsync(request.Home, patience.Token).ConfigureAwait(false);
        if (again is not null)
        {
            _ = await OrderAsync(again, new AccountCommand(AccountOrder.RemoveBot, bot, Environment.UserName, "runbot ended"), patience.Token).ConfigureAwait(false);
        }

        return 0;
    }

    private async Task<int> ServeAsync(PortfolioHost host, RunDesk desk, RecordStore records, CancellationToken ends)
    {
        using RunMeter meter = new(desk, new RunIdentity(Research.Backtests.BacktestRunner.Version, "portfolio"), time);
        using JobDesk jobs = new(time);
        using RunLog log = RunLog.Open(request.Home, new LogSettings());
        log.Measure(meter.Meter);
        EventEntries.Follow(desk.Events, log.CreateLogger("Harrier.Events"));
        ApiService? service = request.Service is { } options
            ? await RunService.StartAsync(new RunRequest(request.Home, new RunSettings([])) { Service = options, Reread = static () => new RunSettings([]) }, (desk, meter, jobs, log), records, ends).ConfigureAwait(false)
            : null;
        try
        {
            if (service is not null)
            {
                view.Warn($"listening on {service.Address}; harrier token create makes tokens for programs");
            }

            ControlServer control = new(request.Home, desk);
            await using ConfiguredAsyncDisposable serving = control.ConfigureAwait(false);
            return await CarryAsync(host, ends).ConfigureAwait(false);
        }
        finally
        {
            if (service is not null)
            {
                await service.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<int> CarryAsync(PortfolioHost host, CancellationToken ends)
    {
        view.Begin([host.Status]);
        Task carried = Task.Run(() => host.RunAsync(ends), CancellationToken.None);
        while (!carried.IsCompleted)
        {
            await Task.WhenAny(carried, Task.Delay(LookEvery, time, CancellationToken.None)).ConfigureAwait(false);
            view.Show([host.Status]);
        }

        try
        {
            await carried.ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            view.Warn($"error: account {host.Status.Name}: stopped: {fault.Message}");
            return 1;
        }

        view.End([host.Status]);
        return 0;
    }

    // A bot that is new is meant to trade: that is why it was asked for. One that was switched off stays off until somebody switches it on.
    private void Prepare(PortfolioStore store, string bot)
    {
        bool isNew = store.Find(bot) is null;
        IReadOnlyList<KeyValuePair<string, string>> changes = isNew ? [KeyValuePair.Create("is_active", "true"), .. request.Changes] : request.Changes;
        (PortfolioSettings? settings, IReadOnlyList<string> faults) = store.Change(bot, changes, Timestamp.From(time.GetUtcNow()));
        if (settings is null)
        {
            throw new InputFaultsException([.. faults]);
        }

        PortfolioOptions.Add(store, "add-pair", request.Account.Pairs);
        if (request.Account.Endpoint == AccountSettings.BuiltIn && store.Pairs().Count == 0)
        {
            string quote = PortfolioSymbols.IsMarket(request.Account.Venue) ? "USDT" : "USD";
            store.Add([TradingPair.Parse("BTC-" + quote, 100), TradingPair.Parse("ETH-" + quote, 90)]);
        }

        if (!settings.IsActive)
        {
            view.Warn($"bot {bot} is not active and only watches; harrier runbot config set is_active=true --bot {bot} switches it on");
        }

        if (store.Pairs().All(static pair => !pair.IsEnabled))
        {
            view.Warn("no pair is enabled: there is nothing to look at; --add-pair BTC-USD, or harrier pairs add, names one");
        }
    }

    private async Task<BuiltInExchange> StartExchangeAsync(PortfolioStore store, CancellationToken stop)
    {
        if (request.Scenario == MarketScenario.Lively)
        {
            view.Warn("the market is the built-in one on a lively day: coins run by several percent a minute, which real ones rarely do; --scenario calm for ordinary days");
        }

        ExchangeRequest wanted = new(new TestnetOptions { Port = 0, Seed = request.Seed }, [.. PortfolioSymbols.Of(request.Account.Venue, store.Pairs())])
        {
            Venues = PortfolioSymbols.MovingFor(request.Account.Venue),
            Scenario = request.Scenario,
        };
        return await Composition.Exchange.StartAsync(wanted, stop).ConfigureAwait(false);
    }

    private async Task<string> FreeNameAsync(ControlClient client, CancellationToken stop)
    {
        using JsonDocument look = JsonDocument.Parse(await client.AskAsync(ControlRequest.Look(), stop).ConfigureAwait(false) ?? throw new IOException("the run ended before it answered"));
        AccountStatus carried = StatusReader.Read(look.RootElement).FirstOrDefault(account => account.Name == request.Account.Name)
            ?? throw new InputException("account", request.Account.Name, "an account that the process on this home carries; it was not started with one of this name");
        string[] names = [.. carried.Bots.Select(static bot => bot.Name)];
        return request.Bot ?? Enumerable.Range(1, names.Length + 1).Select(static number => FormattableString.Invariant($"bot-{number}")).First(name => !names.Contains(name, StringComparer.Ordinal));
    }

    private async Task<CommandAnswer> OrderAsync(ControlClient client, AccountCommand command, CancellationToken stop) =>
        ControlAnswer.ReadOrder(await client.AskAsync(new ControlRequest(request.Account.Name, command, 0), stop).ConfigureAwait(false) ?? throw new IOException("the run ended before it answered"));
}

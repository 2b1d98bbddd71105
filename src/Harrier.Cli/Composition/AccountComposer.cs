using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Harrier.Cli.Options;
using Harrier.Cli.Streaming;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Records;
using Harrier.Hosting.Supervision;
using Harrier.Hosting.Telemetry;
using Harrier.Research.Backtests;
using Harrier.Testnet;

namespace Harrier.Cli.Composition;

/// <summary>What accounts of a run share.</summary>
/// <param name="Exchange">The built-in exchange; null where no account trades on it.</param>
/// <param name="Records">Who keeps records.</param>
/// <param name="Meter">Who measures.</param>
internal sealed record ComposerParts(BuiltInExchange? Exchange, Running.RecordDesk Records, RunMeter Meter)
{
    /// <summary>How connections behave.</summary>
    public ConnectionSettings Connections { get; init; } = new();
}

/// <summary>Wires an account: live market data of a venue through its adapter, the engine, and the simulator or the venue that its orders go to.</summary>
/// <param name="home">The folder of all state.</param>
/// <param name="surroundings">The outside world.</param>
/// <param name="parts">What accounts share.</param>
/// <param name="view">Told what happens.</param>
internal sealed class AccountComposer(string home, VenueSurroundings surroundings, ComposerParts parts, Running.IRunView view) : IAccountPreparer
{
    private const int QueueLength = 1 << 16;
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly SettingsReader _reader = Running.RunRequestOptions.Reader();

    private Timestamp Now => Timestamp.From(surroundings.Time.GetUtcNow());

    /// <summary>Opens market data and account. An account that is there is what was ordered of it, and what its configuration says anew since it was last read.</summary>
    /// <returns>What carries the account; null when <paramref name="stop"/> came first.</returns>
    /// <exception cref="InputException">The venue has no such symbol.</exception>
    /// <exception cref="ConfigurationException">The configuration says what the account cannot become.</exception>
    /// <exception cref="AccountStateException">What is stored of the account cannot be continued.</exception>
    public async Task<ChangingAccount?> ComposeAsync(AccountSettings settings, CancellationToken stop)
    {
        using Activity? span = Tracing.Source.StartActivity("open account");
        span?.SetTag("harrier.account", settings.Name);
        AccountPlan? stored = AccountHome.StoredPlan(home, settings.Name, _reader);
        RequireSameVenue(settings, stored);
        RecoveredRecords recovered = new();
        StoredAccount? kept = stored is null ? null : Replayed(settings, stored, recovered);
        try
        {
            AccountSettings wanted = kept?.Wanted ?? settings;
            if (await OpenFeedAsync(settings, wanted.Symbols, stop).ConfigureAwait(false) is not { } feed || await OpenVenueAsync(settings with { Bots = wanted.Bots }, kept is null, stop).ConfigureAwait(false) is not { } venue)
            {
                kept?.Account.Dispose();
                return null;
            }

            AccountRunner runner = kept is null
                ? await BeginAsync(settings, (feed, venue), stop).ConfigureAwait(false)
                : await ContinueAsync((kept, recovered), settings, (feed, venue), stop).ConfigureAwait(false);
            return new ChangingAccount(runner, _reader, this);
        }
        catch
        {
            kept?.Account.Dispose();
            throw;
        }
    }

    private StoredAccount Replayed(AccountSettings settings, AccountPlan stored, RecoveredRecords recovered)
    {
        using Activity? span = Tracing.Source.StartActivity("replay");
        StoredAccount kept = StoredAccount.Open(home, stored, (settings, _reader), Now, recovered);
        span?.SetTag("harrier.account", settings.Name);
        span?.SetTag("harrier.replay.inputs", kept.Replayed);
        return kept;
    }

    /// <inheritdoc/>
    public async Task<PreparedAccount> PrepareAsync(AccountPlan now, AccountSettings wanted, CancellationToken cancellation)
    {
        string[] more = [.. wanted.Symbols.Skip(now.Instruments.Count)];
        AccountFeed? feed = null;
        try
        {
            feed = more.Length > 0 ? await OpenFeedAsync(wanted, more, cancellation).ConfigureAwait(false) ?? throw new OperationCanceledException(cancellation) : null;
            Instrument[] added = [.. (feed?.Stream.Instruments ?? []).Select((one, i) => new Instrument(new InstrumentId(now.Instruments.Count + i), one.Definition))];
            AccountPlan plan = new(wanted, [.. now.Instruments, .. added], BacktestRunner.Version, now.Identity.Run);
            return await WarmAsync(now, plan, cancellation).ConfigureAwait(false) with { Feed = feed };
        }
        catch (Exception fault)
        {
            feed?.Stream.Dispose();
            throw fault is InputException wrong ? new ConfigurationException([wrong.Message]) : fault;
        }
    }

    private async Task<AccountRunner> BeginAsync(AccountSettings settings, (AccountFeed Feed, VenueWay Venue) way, CancellationToken stop)
    {
        AccountPlan plan = new(settings, way.Feed.Stream.Instruments, BacktestRunner.Version);
        AccountHome kept = new(home, plan);
        TradingAccount account = kept.Open(Now).Account;
        Action<TradingAccount> keep = parts.Records.Keep(account, kept);
        IReadOnlyList<Bar> past = await PastAsync(plan, settings.Bots, stop).ConfigureAwait(false);
        await WarmUpAsync(account, past).ConfigureAwait(false);
        AccountFeed feed = way.Feed with { Venue = way.Venue.Link(account) };
        return Started(new AccountRunner(account, kept, feed, surroundings.Time, view.Tell) { Past = past, Began = Watching(keep, settings) }, $"new, {past.Count} bars of the past seen");
    }

    private async Task<AccountRunner> ContinueAsync((StoredAccount Account, RecoveredRecords Records) stored, AccountSettings settings, (AccountFeed Feed, VenueWay Venue) way, CancellationToken stop)
    {
        StoredAccount kept = stored.Account;
        kept.RequireSameTerms(way.Feed.Stream.Instruments);
        Action<TradingAccount> keep = parts.Records.Keep(kept.Account, kept.Home, stored.Records);
        string how = $"continued, {kept.Replayed} inputs replayed from the journal{(settings.Kind.SendsOrders ? "" : ", books of engine and venue agree")}";
        if (!kept.IsChanged)
        {
            AccountFeed same = way.Feed with { Venue = way.Venue.Link(kept.Account) };
            return Started(new AccountRunner(kept.Account, kept.Home, same, surroundings.Time, view.Tell) { Began = Watching(keep, settings) }, how);
        }

        AccountPlan plan = new(kept.Wanted, way.Feed.Stream.Instruments, BacktestRunner.Version, kept.Account.Plan.Identity.Run);
        PreparedAccount next = await WarmAsync(kept.Account.Plan, plan, stop).ConfigureAwait(false);
        string changes = kept.WhatChanges;
        kept.HandOver(next, Now);
        AccountFeed feed = way.Feed with { Venue = way.Venue.Link(next.Account) };
        return Started(new AccountRunner(next.Account, kept.Home, feed, surroundings.Time, view.Tell) { Past = next.Past, Began = Watching(keep, settings) }, $"{how}; {changes}");
    }

    // Whoever carries the account, from its first bot to whatever it becomes: records and figures follow, and the configuration has been read.
    private Action<AccountRunner> Watching(Action<TradingAccount> keep, AccountSettings configured)
    {
        parts.Meter.Remember(configured, parts.Records.Store);
        bool isRead = false;
        return runner =>
        {
            keep(runner.Account);
            AccountWatch watch = parts.Meter.Watch(runner.Account.Plan.Settings, runner.Streams);
            watch.Attach(runner.Account.Engine);
            runner.Probe = watch;
            if (!isRead)
            {
                ConfiguredFile.Write(home, configured);
                isRead = true;
            }
        };
    }

    private AccountRunner Started(AccountRunner runner, string how)
    {
        foreach (Bar bar in runner.Past)
        {
            runner.Bars.KnownUntil(bar.Instrument, bar.CloseTime);
        }

        view.Tell(new AccountNote(runner.Status.Time, runner.Status.Name, how));
        return runner;
    }

    private async Task<AccountFeed?> OpenFeedAsync(AccountSettings settings, IReadOnlyList<string> symbols, CancellationToken stop)
    {
        EventQueue<FeedItem> queue = new(QueueLength, QueueOverflow.Refuse);
        MarketRequest wanted = new(settings.Venue, PlaceOf(settings), symbols, FeedChannels.Trades | FeedChannels.Book | FundingOf(settings)) { Output = queue };
        VenueSurroundings measured = Measured(settings);
        VenueOpening opening = new(settings.Venue, view.Warn, ends => VenueOpening.OnceAsync(wanted, measured, ends), surroundings.Time);
        return await opening.OpenAsync(stop).ConfigureAwait(false) is { } stream ? new AccountFeed(stream, queue) : null;
    }

    private async Task<VenueWay?> OpenVenueAsync(AccountSettings settings, bool isFresh, CancellationToken stop)
    {
        VenueSide side = new(home, Measured(settings), parts.Exchange, view.Warn) { AuditEvery = parts.Connections.PositionSync };
        if (!settings.Kind.SeesVenue)
        {
            return new VenueWay(side, null);
        }

        return await side.OpenAsync(settings, PlaceOf(settings), isFresh, stop).ConfigureAwait(false) is { } access ? new VenueWay(side, access) : null;
    }

    private VenueSurroundings Measured(AccountSettings settings) =>
        surroundings with { Http = parts.Meter.Watch((settings.Endpoint == AccountSettings.BuiltIn ? "sim-" : "") + settings.Venue, surroundings.Http) };

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller gets the account; where there is none to get, it is disposed of.")]
    private async Task<PreparedAccount> WarmAsync(AccountPlan now, AccountPlan next, CancellationToken stop)
    {
        IReadOnlyList<Bar> past = await PastAsync(next, AccountSuccession.Beginners(now, next), stop).ConfigureAwait(false);
        TradingAccount account = next.NewAccount(new AccountHome(home, next).Sessions.Scratch("prepare.tmp"));
        try
        {
            await WarmUpAsync(account, past).ConfigureAwait(false);
            return new PreparedAccount(account, past);
        }
        catch
        {
            account.Dispose();
            throw;
        }
    }

    // Where the exchange of an earlier process is not known any more, what was traded there is gone.
    private void RequireSameVenue(AccountSettings settings, AccountPlan? stored)
    {
        if (settings is { Endpoint: AccountSettings.BuiltIn, Kind.SendsOrders: true } && stored is not null && parts.Exchange is not { IsContinued: true })
        {
            throw new AccountStateException(
                settings.Name,
                $"it has traded on a built-in exchange of which nothing is in {Path.Combine(home, "exchange")}; take another --home, or a backup that has both");
        }
    }

    // A strategy that hangs on the past would hang the start: then nothing is started.
    private async Task WarmUpAsync(TradingAccount account, IReadOnlyList<Bar> past)
    {
        StrategyWatch watch = new(() => account.Engine.CurrentCall, LongestCall);
        Task feeding = Task.Run(() => WarmUp.Feed(account, past));
        while (await Task.WhenAny(feeding, Task.Delay(LookEvery, surroundings.Time)).ConfigureAwait(false) != feeding)
        {
            if (watch.Look(Timestamp.From(surroundings.Time.GetUtcNow())) is { } call)
            {
                throw new AccountStateException(account.Plan.Settings.Name, $"the strategy of bot {account.Plan.Settings.Bots[call.Bot.Index].Name} does not come back on the bars of the past");
            }
        }

        await feeding.ConfigureAwait(false);
    }

    private static FeedChannels FundingOf(AccountSettings settings) =>
        settings.Venue.EndsWith("-spot", StringComparison.Ordinal) ? FeedChannels.None : FeedChannels.MarkPrice;

    private VenuePlace PlaceOf(AccountSettings settings) => settings.Endpoint == AccountSettings.BuiltIn
        ? new VenuePlace(PlaceKind.Address, new Uri(parts.Exchange!.Host.Origins[settings.Venue.Split('-')[0]].Http))
        : EndpointChoice.ReadPublic(settings.Endpoint);

    private async Task<IReadOnlyList<Bar>> PastAsync(AccountPlan plan, IReadOnlyList<BotSettings> bots, CancellationToken stop)
    {
        if (bots.Count == 0)
        {
            return [];
        }

        VenueResult<IMarketHistory> history = Exchanges.Of(plan.Settings.Venue).OpenHistory(new HistoryRequest(plan.Settings.Venue, PlaceOf(plan.Settings)), Measured(plan.Settings));
        if (!history.IsOk)
        {
            view.Warn($"warning: {plan.Settings.Name}: no warm-up: {history.Error.Message}");
            return [];
        }

        using (history.Value)
        {
            return await new WarmUp(history.Value, plan).FetchAsync(bots, line => view.Warn($"warning: {plan.Settings.Name}: {line}"), stop).ConfigureAwait(false);
        }
    }

    // The way to an account at its venue; without calls for one that the venue does not know.
    private sealed record VenueWay(VenueSide Side, TradingAccess? Access)
    {
        public VenueLink? Link(TradingAccount account) => Access is null ? null : Side.Link(Access, account);
    }
}

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
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Supervision;
using Harrier.Research.Backtests;
using Harrier.Testnet;

namespace Harrier.Cli.Composition;

/// <summary>What accounts of a run share.</summary>
/// <param name="Exchange">The built-in exchange; null where no account trades on it.</param>
/// <param name="Records">Who keeps records.</param>
/// <param name="Meter">Who measures.</param>
internal sealed record ComposerParts(BuiltInExchange? Exchange, Running.RecordDesk Records, RunMeter Meter);

/// <summary>Wires an account: live market data of a venue through its adapter, the engine, and the simulator or the venue that its orders go to.</summary>
/// <param name="home">The folder of all state.</param>
/// <param name="surroundings">The outside world.</param>
/// <param name="parts">What accounts share.</param>
/// <param name="view">Told what happens.</param>
internal sealed class AccountComposer(string home, VenueSurroundings surroundings, ComposerParts parts, Running.IRunView view)
{
    private const int QueueLength = 1 << 16;
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Opens market data and account.</summary>
    /// <returns>What carries the account; null when <paramref name="stop"/> came first.</returns>
    /// <exception cref="InputException">The venue has no such symbol.</exception>
    /// <exception cref="AccountStateException">What is stored of the account cannot be continued.</exception>
    public async Task<AccountRunner?> ComposeAsync(AccountSettings settings, CancellationToken stop)
    {
        VenuePlace place = PlaceOf(settings);
        EventQueue<FeedItem> queue = new(QueueLength, QueueOverflow.Refuse);
        MarketRequest wanted = new(settings.Venue, place, settings.Symbols, FeedChannels.Trades | FeedChannels.Book) { Output = queue };
        VenueSurroundings measured = surroundings with { Http = parts.Meter.Watch((settings.Endpoint == AccountSettings.BuiltIn ? "sim-" : "") + settings.Venue, surroundings.Http) };
        VenueOpening opening = new(settings.Venue, view.Warn, ends => VenueOpening.OnceAsync(wanted, measured, ends), surroundings.Time);
        if (await opening.OpenAsync(stop).ConfigureAwait(false) is not { } stream)
        {
            return null;
        }

        AccountPlan plan = new(settings, stream.Instruments, BacktestRunner.Version);
        AccountHome kept = new(home, plan);
        VenueSide side = new(home, measured, parts.Exchange, view.Warn);
        TradingAccess? access = null;
        if (settings.Kind.SeesVenue)
        {
            RefuseForgottenVenue(settings, kept);
            access = await side.OpenAsync(settings, place, isFresh: kept.Sessions.Newest is null, stop).ConfigureAwait(false);
            if (access is null)
            {
                return null;
            }
        }

        OpenedAccount opened = kept.Open(Timestamp.From(surroundings.Time.GetUtcNow()));
        parts.Records.Keep(opened.Account, kept);
        IReadOnlyList<Bar> past = opened.IsFresh ? await PastAsync(plan, place, measured, stop).ConfigureAwait(false) : [];
        await WarmUpAsync(opened.Account, past).ConfigureAwait(false);
        AccountFeed feed = new(stream, queue) { Venue = access is null ? null : side.Link(access, opened.Account) };
        AccountRunner runner = new(opened.Account, kept, feed, surroundings.Time, view.Tell);
        parts.Meter.Remember(settings, parts.Records.Store);
        AccountWatch watch = parts.Meter.Watch(settings, stream);
        watch.Attach(opened.Account.Engine);
        runner.Probe = watch;
        foreach (Bar bar in past)
        {
            runner.Bars.KnownUntil(bar.Instrument, bar.CloseTime);
        }

        view.Tell(new AccountNote(runner.Status.Time, settings.Name, opened.IsFresh
            ? $"new, {past.Count} bars of the past seen"
            : $"continued, {opened.Replayed} inputs replayed from the journal{(settings.Kind.SendsOrders ? "" : ", books of engine and venue agree")}"));
        return runner;
    }

    // The exchange of this process began anew with it: what was traded on the one before is gone.
    private static void RefuseForgottenVenue(AccountSettings settings, AccountHome kept)
    {
        if (settings is { Endpoint: AccountSettings.BuiltIn, Kind.SendsOrders: true } && kept.Sessions.Newest is not null)
        {
            throw new AccountStateException(
                settings.Name,
                "it has traded on the built-in exchange of an earlier process, which ended with it; take another --home, or start 'harrier exchange' apart and give its URL as endpoint");
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

    private VenuePlace PlaceOf(AccountSettings settings) => settings.Endpoint == AccountSettings.BuiltIn
        ? new VenuePlace(PlaceKind.Address, new Uri(parts.Exchange!.Host.Origins[settings.Venue.Split('-')[0]].Http))
        : EndpointChoice.ReadPublic(settings.Endpoint);

    private async Task<IReadOnlyList<Bar>> PastAsync(AccountPlan plan, VenuePlace place, VenueSurroundings measured, CancellationToken stop)
    {
        VenueResult<IMarketHistory> history = Exchanges.Of(plan.Settings.Venue).OpenHistory(new HistoryRequest(plan.Settings.Venue, place), measured);
        if (!history.IsOk)
        {
            view.Warn($"warning: {plan.Settings.Name}: no warm-up: {history.Error.Message}");
            return [];
        }

        using (history.Value)
        {
            return await new WarmUp(history.Value, plan).FetchAsync(line => view.Warn($"warning: {plan.Settings.Name}: {line}"), stop).ConfigureAwait(false);
        }
    }
}

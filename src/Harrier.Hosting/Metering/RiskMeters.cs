using System.Diagnostics.Metrics;
using Harrier.Engine;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Storage.Records;

namespace Harrier.Hosting.Metering;

/// <summary>How accounts and bots stand, read when somebody asks.</summary>
internal sealed class RiskMeters
{
    // About a month of minutes: as far back as a start looks for peaks.
    private const int RowsRemembered = 50_000;

    private readonly RunDesk _desk;
    private readonly Dictionary<(string Account, string Bot), BotFigures> _figures = [];
    private readonly Lock _gate = new();

    public RiskMeters(Meter meter, RunDesk desk)
    {
        _desk = desk;
        AddBots(meter);
        AddChecks(meter);
        AddAccounts(meter);
    }

    public void Remember(string account, BotSettings bot, RecordStore records)
    {
        RecordFilter filter = new() { Account = account, Bot = bot.Name, Newest = RowsRemembered };
        BotFigures figures = new(bot.Balance);
        figures.Remember(records.Equity(filter), records.Trades(filter));
        lock (_gate)
        {
            _figures[(account, bot.Name)] = figures;
        }
    }

    public void Look(IReadOnlyList<AccountStatus> accounts)
    {
        lock (_gate)
        {
            foreach (AccountStatus account in accounts)
            {
                foreach (BotStatus bot in account.Bots)
                {
                    Of(account.Name, bot).Worth(bot.Equity);
                }
            }
        }
    }

    public void Ended(BotRoundTrip ended)
    {
        lock (_gate)
        {
            if (_figures.TryGetValue((ended.Account, ended.Bot), out BotFigures? figures))
            {
                figures.Ended(ended.Trip.Pnl);
            }
        }
    }

    private void AddBots(Meter meter)
    {
        Gauge("risk_max_drawdown", "Largest fall of a bot's worth from its peak, as a fraction of the peak.", bot => (double)bot.Figures.MaxDrawdown);
        Gauge("risk_current_equity", "What a bot is worth, in quote currency.", static bot => (double)bot.Status.Equity);
        Gauge("risk_consecutive_losses", "Losses of a bot since its last profit.", static bot => bot.Figures.LossesInARow);
        Gauge("harrier_bot_position", "What a bot holds, in base currency; below 0 when short.", static bot => (double)bot.Status.Position);
        Gauge("harrier_bot_working_orders", "Orders of a bot that work.", static bot => bot.Status.WorkingOrders);
        meter.CreateObservableCounter(
            "harrier_bot_naked_seconds_total",
            () => Bots().Select(static bot => new Measurement<double>(bot.Status.Naked.TotalSeconds, Label.Of(Label.Bot, bot.Id))),
            null,
            "How long positions of a bot have lived without a stop that the venue has accepted.");
        meter.CreateObservableGauge(
            "bot_status",
            () => Bots().Select(static bot => new Measurement<int>(
                IsRunning(bot.Status.State) ? 1 : 0, Label.Of(Label.Bot, bot.Id), Label.Of(Label.Strategy, bot.Status.Strategy), Label.Of(Label.Symbol, bot.Status.Symbol))),
            null,
            "1 while a bot trades, 0 while it is paused, stopped or in error.");

        void Gauge(string name, string description, Func<Bot, double> read) => meter.CreateObservableGauge(
            name, () => Bots().Select(bot => new Measurement<double>(read(bot), Label.Of(Label.Bot, bot.Id))), null, description);
    }

    private void AddChecks(Meter meter)
    {
        meter.CreateObservableCounter("risk_checks_total", Checks, null, "Orders that the risk gate judged, since accounts were new.");
        meter.CreateObservableCounter(
            "risk_circuit_breaker_trips_total",
            () => Counted(static counts => counts.Alerts.Where(static alert => alert.Key == AlertKind.LossesInARow).Sum(static alert => alert.Value)),
            null,
            "How often losses in a row stopped an account, since accounts were new.");
        meter.CreateObservableCounter(
            "harrier_orders_refused_total",
            () => _desk.Status.SelectMany(static account => account.Risk.Refusals.Select(refused =>
                new Measurement<long>(refused.Value, Label.Of(Label.Account, account.Name), Label.Of("rule", RiskWords.Of(refused.Key))))),
            null,
            "Orders that the risk gate refused, by the rule that refused.");
        meter.CreateObservableCounter(
            "harrier_alerts_total",
            () => _desk.Status.SelectMany(static account => (account.Counts?.Alerts ?? []).Select(alert =>
                new Measurement<long>(alert.Value, Label.Of(Label.Account, account.Name), Label.Of("kind", RiskWords.Of(alert.Key))))),
            null,
            "Alerts of engines, by kind.");
    }

    private void AddAccounts(Meter meter)
    {
        Gauge("harrier_account_equity", "What an account is worth, in quote currency.", static account => (double)account.Equity);
        Gauge("harrier_account_exposure", "Worth of the positions of an account, in quote currency.", static account => (double)account.Risk.Exposure);
        Gauge("harrier_account_state", "0 while an account trades, 1 while it only reduces, 2 while it is halted.", static account => account.Risk.State switch
        {
            TradingState.Active => 0,
            TradingState.Halted => 2,
            _ => 1,
        });
        Gauge("harrier_account_status_timestamp_seconds", "When an account last told how it stands.", static account => account.Time.Nanos / 1e9);
        meter.CreateObservableGauge(
            "harrier_position_sync",
            () => _desk.Status.Where(static account => account.AtVenue is not null).Select(static account => new Measurement<int>(account.AtVenue!.IsSound ? 1 : 0, Label.Of(Label.Account, account.Name))),
            null,
            "1 while our picture of an account at a venue is known to be right; accounts without a venue have none.");
        meter.CreateObservableGauge(
            "harrier_position_sync_timestamp_seconds",
            () => _desk.Status.Where(static account => account.AtVenue?.LastRead is not null).Select(static account => new Measurement<double>(account.AtVenue!.LastRead!.Value.Nanos / 1e9, Label.Of(Label.Account, account.Name))),
            null,
            "When an account was last compared with its venue.");
        meter.CreateObservableGauge(
            "harrier_limit_used_ratio",
            () => _desk.Status.SelectMany(static account => account.Risk.Limits.Where(static limit => limit.Limit > 0).Select(limit =>
                new Measurement<double>((double)(limit.Value / limit.Limit), Label.Of(Label.Account, account.Name), Label.Of("rule", RiskWords.Of(limit.Rule))))),
            null,
            "How much of a limit of an account is used up.");

        void Gauge(string name, string description, Func<AccountStatus, double> read) => meter.CreateObservableGauge(
            name, () => _desk.Status.Select(account => new Measurement<double>(read(account), Label.Of(Label.Account, account.Name))), null, description);
    }

    private static bool IsRunning(BotState state) => state is not (BotState.Idle or BotState.Paused or BotState.Error or BotState.Emergency or BotState.Stopped);

    private IEnumerable<Measurement<long>> Checks() =>
    [
        .. Counted(static counts => counts.OrdersAllowed, Label.Of("result", "allowed")),
        .. _desk.Status is { Count: > 0 } accounts
            ? (Measurement<long>[])[new(accounts.Sum(static account => account.Risk.Refusals.Sum(static refused => (long)refused.Value)), Label.Of("result", "rejected"))]
            : [],
    ];

    private IEnumerable<Measurement<long>> Counted(Func<EngineCounts, long> count, params KeyValuePair<string, object?>[] labels)
    {
        EngineCounts[] known = [.. _desk.Status.Select(static account => account.Counts).OfType<EngineCounts>()];
        return known.Length == 0 ? [] : [new Measurement<long>(known.Sum(count), labels)];
    }

    private List<Bot> Bots()
    {
        IReadOnlyList<AccountStatus> accounts = _desk.Status;
        Look(accounts);
        lock (_gate)
        {
            return [.. accounts.SelectMany(account => account.Bots.Select(bot => new Bot(Label.BotOf(account.Name, bot.Name), bot, Of(account.Name, bot))))];
        }
    }

    private BotFigures Of(string account, BotStatus bot)
    {
        if (!_figures.TryGetValue((account, bot.Name), out BotFigures? figures))
        {
            _figures[(account, bot.Name)] = figures = new BotFigures(bot.Equity - bot.Pnl);
        }

        return figures;
    }

    private sealed record Bot(string Id, BotStatus Status, BotFigures Figures);
}

using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Feeds;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>Follows the bots of an account: where each is in its life, what it traded, what it holds. Belongs to the account's task.</summary>
internal sealed class BotBoard
{
    private static readonly TimeSpan TellRefusalEvery = TimeSpan.FromMinutes(1);

    private readonly PaperAccount _account;
    private readonly Action<AccountEvent> _listener;
    private readonly BotLifecycle[] _lives;
    private readonly int[] _trips;
    private readonly Dictionary<(int Bot, DenyRule Rule), Timestamp> _refusalsTold = [];
    private int _tripsSeen;

    public BotBoard(PaperAccount account, Action<AccountEvent> listener)
    {
        (_account, _listener) = (account, listener);
        _lives = [.. account.Plan.Settings.Bots.Select(static _ => new BotLifecycle())];
        _trips = new int[_lives.Length];

        // What was replayed was told when it happened.
        _tripsSeen = account.Engine.Portfolio.RoundTrips.Count;
        account.Filled += OnFill;
        account.Alerted = OnAlert;
        account.Denied = OnDenied;
    }

    private string Name => _account.Plan.Settings.Name;

    private IReadOnlyList<BotSettings> Bots => _account.Plan.Settings.Bots;

    public void Start(Timestamp now)
    {
        for (int i = 0; i < _lives.Length; i++)
        {
            Go(i, BotState.Initializing, now, "its account is open");
            Go(i, BotState.Scanning, now, "started");
        }

        Watch(now);
    }

    public void Stop(Timestamp now)
    {
        for (int i = 0; i < _lives.Length; i++)
        {
            Go(i, BotState.Stopped, now, "the run ends");
        }
    }

    public void Fail(Timestamp now, string reason)
    {
        for (int i = 0; i < _lives.Length; i++)
        {
            Go(i, BotState.Error, now, reason);
        }
    }

    /// <summary>Looks at what changed: positions that were opened or ended.</summary>
    public void Watch(Timestamp now)
    {
        IReadOnlyList<RoundTrip> trips = _account.Engine.Portfolio.RoundTrips;
        for (; _tripsSeen < trips.Count; _tripsSeen++)
        {
            RoundTrip trip = trips[_tripsSeen];
            _trips[trip.Bot.Index]++;
            _listener(new BotRoundTrip(trip.ExitTime, Name, Bots[trip.Bot.Index].Name, _account.Plan.Instruments[trip.Instrument.Index].Symbol, trip));
        }

        for (int i = 0; i < _lives.Length; i++)
        {
            bool holds = !PositionOf(i).IsFlat;
            if (holds && _lives[i].State == BotState.Scanning)
            {
                Go(i, BotState.Managing, now, "holds a position");
            }
            else if (!holds && _lives[i].State == BotState.Managing)
            {
                Go(i, BotState.Scanning, now, "flat");
            }
        }
    }

    public AccountStatus Look(Timestamp now, MarketStream stream)
    {
        BotStatus[] bots = [.. Enumerable.Range(0, _lives.Length).Select(Look)];
        TradingEngine engine = _account.Engine;
        return new AccountStatus(Name, stream.Venue, now, bots.Sum(static bot => bot.Equity), bots, stream.Read(now))
        {
            Risk = new RiskStatus(engine.Risk.State, engine.Risk.Barred, engine.Risk.Standing, engine.Risk.Exposure, engine.Denials.ByReason),
        };
    }

    private BotStatus Look(int bot)
    {
        BotSettings settings = Bots[bot];
        Instrument instrument = _account.Plan.InstrumentOf(settings.Symbol);
        Position position = PositionOf(bot);
        decimal equity = _account.Engine.Portfolio.Equity(new BotId(bot));
        return new BotStatus
        {
            Name = settings.Name,
            Strategy = settings.Strategy.Descriptor.Key,
            Symbol = settings.Symbol,
            Interval = settings.Interval,
            State = _lives[bot].State,
            Position = instrument.ToDecimal(position.Size),
            EntryPrice = position.AveragePrice(instrument),
            Equity = equity,
            Pnl = equity - settings.Balance,
            RoundTrips = _trips[bot],
            WorkingOrders = _account.Engine.Orders.Working.Count(order => order.Bot.Index == bot),
        };
    }

    private Position PositionOf(int bot) => _account.Engine.Portfolio.Position(new BotId(bot), _account.Plan.InstrumentOf(Bots[bot].Symbol).Id);

    private void OnFill(Order? order, in ExecutionReport report)
    {
        BotId bot = order?.Bot ?? report.Bot;
        Instrument instrument = _account.Plan.Instruments[(order?.Intent.Instrument ?? report.Instrument).Index];
        FillFacts fill = new(
            order?.Intent.Side ?? report.Side,
            instrument.ToDecimal(report.Price),
            instrument.ToDecimal(report.Size),
            report.Fee,
            order?.Intent.Purpose ?? OrderPurpose.Liquidation);
        _listener(new BotFilled(report.Time, Name, Bots[bot.Index].Name, instrument, fill));
    }

    private void OnAlert(EngineAlert alert)
    {
        string? bot = alert.Bot.Index >= 0 ? Bots[alert.Bot.Index].Name : null;
        _listener(new AccountAlerted(alert.Time, Name, bot, alert.Kind, RiskWords.Of(alert.Kind, _account.Engine.Risk.Standing)));
    }

    // A bot may ask again with every bar: once a minute is enough.
    private void OnDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        (int, DenyRule) key = (bot.Index, reason.Rule);
        if (_refusalsTold.TryGetValue(key, out Timestamp told) && time - told < TellRefusalEvery)
        {
            return;
        }

        _refusalsTold[key] = time;
        _listener(new BotRefused(time, Name, Bots[bot.Index].Name, _account.Plan.Instruments[intent.Instrument.Index].Symbol, reason));
    }

    private void Go(int bot, BotState next, Timestamp now, string reason)
    {
        BotState from = _lives[bot].State;
        _listener(_lives[bot].TryGo(next, now, reason, out string? refusal)
            ? new BotMoved(now, Name, Bots[bot].Name, new BotStep(from, next, now, reason))
            : new AccountNote(now, Name, $"bot {Bots[bot].Name}: {refusal}"));
    }
}

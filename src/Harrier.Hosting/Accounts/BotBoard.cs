using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>Follows the bots of an account: where each is in its life, what it traded, what it holds. Belongs to the account's task.</summary>
public sealed class BotBoard
{
    private static readonly AlertKind[] AlertKinds = Enum.GetValues<AlertKind>();
    private static readonly TimeSpan TellRefusalEvery = TimeSpan.FromMinutes(1);

    private readonly TradingAccount _account;
    private readonly Action<AccountEvent> _listener;
    private readonly BotLifecycle[] _lives;
    private readonly int[] _trips;
    private readonly Dictionary<(int Bot, DenyRule Rule), Timestamp> _refusalsTold = [];
    private int _tripsSeen;
    private bool _hasEnded;

    /// <summary>Follows an account from here on; what was replayed was told when it happened.</summary>
    /// <param name="account">The account.</param>
    /// <param name="listener">Told what happens, on the account's task.</param>
    /// <param name="before">The board of the account before it was made anew: bots go on with their lives, and what was counted is counted on.</param>
    public BotBoard(TradingAccount account, Action<AccountEvent> listener, BotBoard? before = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        (_account, _listener) = (account, listener);
        _lives = [.. account.Plan.Settings.Bots.Select(static _ => new BotLifecycle())];
        _trips = new int[_lives.Length];
        _tripsSeen = account.Engine.Portfolio.RoundTrips.Count;
        for (int i = 0; i < (before?._lives.Length ?? 0); i++)
        {
            (_lives[i], _trips[i]) = (before!._lives[i], before._trips[i]);
        }

        account.Filled += OnFill;
        account.Alerted = OnAlert;
        account.Denied += OnDenied;
    }

    private string Name => _account.Plan.Settings.Name;

    private IReadOnlyList<BotSettings> Bots => _account.Plan.Settings.Bots;

    /// <summary>Where a bot is in its life.</summary>
    public BotState StateOf(BotId bot) => _lives[bot.Index].State;

    /// <summary>Where a bot that hears the market is: managing when it holds a position, else scanning.</summary>
    public BotState Busy(BotId bot) => PositionOf(bot.Index).IsFlat ? BotState.Scanning : BotState.Managing;

    /// <summary>The account begins: each bot goes where it was.</summary>
    public void Start(Timestamp now)
    {
        for (int i = 0; i < _lives.Length; i++)
        {
            if (_lives[i].State != BotState.Idle || Bots[i].IsRemoved)
            {
                continue;
            }

            Go(i, BotState.Initializing, now, "its account is open");
            switch (_account.Engine.ConditionOf(new BotId(i)))
            {
                case BotCondition.Stopped:
                    Go(i, BotState.Stopped, now, "it was stopped before");
                    break;
                case BotCondition.Emergency:
                    Go(i, BotState.Emergency, now, "it was told to leave everything before");
                    break;
                case BotCondition.Paused:
                    Go(i, BotState.Scanning, now, "started");
                    Go(i, BotState.Paused, now, "it was paused before");
                    break;
                default:
                    Go(i, BotState.Scanning, now, "started");
                    break;
            }
        }

        Watch(now);
    }

    /// <summary>The run ends.</summary>
    public void Stop(Timestamp now)
    {
        for (int i = 0; i < _lives.Length; i++)
        {
            if (_lives[i].State != BotState.Stopped && !Bots[i].IsRemoved)
            {
                Go(i, BotState.Stopped, now, "the run ends");
            }
        }
    }

    /// <summary>The account cannot go on.</summary>
    public void Fail(Timestamp now, string reason)
    {
        _hasEnded = true;
        for (int i = 0; i < _lives.Length; i++)
        {
            if (Bots[i].IsRemoved)
            {
                continue;
            }

            TryGo(new BotId(i), BotState.Error, now, reason, out _);
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
            if (!Bots[i].IsRemoved)
            {
                Follow(i, now);
            }
        }
    }

    /// <summary>Lets the engine forget round trips that were told, so that they do not pile up.</summary>
    public void Forget(Timestamp now)
    {
        Watch(now);
        _account.Engine.ForgetRoundTrips();
        _tripsSeen = 0;
    }

    /// <summary>Tells whoever listens something about the account.</summary>
    public void Note(Timestamp now, string text) => _listener(new AccountNote(now, Name, text));

    /// <summary>The account at a moment.</summary>
    public AccountStatus Look(Timestamp now, IReadOnlyList<SymbolView> symbols)
    {
        BotStatus[] bots = [.. Enumerable.Range(0, _lives.Length).Where(i => !Bots[i].IsRemoved).Select(Look)];
        TradingEngine engine = _account.Engine;
        return new AccountStatus(Name, _account.Plan.Instruments[0].Definition.Venue, now, bots.Sum(static bot => bot.Equity), bots, symbols)
        {
            Mode = _account.Plan.Settings.Kind.Name,
            Risk = new RiskStatus(engine.Risk.State, engine.Risk.Barred, engine.Risk.Standing, engine.Risk.Exposure, engine.Denials.ByReason),
            Counts = new EngineCounts(engine.Orders.Submitted, [.. AlertKinds.Select(kind => KeyValuePair.Create(kind, engine.Alerts[kind])).Where(static pair => pair.Value > 0)]),
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
            Naked = _account.Engine.NakedTimeOf(new BotId(bot)),
            WorkingOrders = WorkingOf(bot),
        };
    }

    private Position PositionOf(int bot) => _account.Engine.Portfolio.Position(new BotId(bot), _account.Plan.InstrumentOf(Bots[bot].Symbol).Id);

    private void OnFill(Order? order, in ExecutionReport report)
    {
        BotId bot = order?.Bot ?? report.Bot;
        Instrument instrument = _account.Plan.Instruments[(order?.Intent.Instrument ?? report.Instrument).Index];
        _listener(new BotFilled(report.Time, Name, Bots[bot.Index].Name, instrument, FillFacts.Of(order, in report, _account.Plan)));
    }

    private void OnAlert(EngineAlert alert)
    {
        string? bot = alert.Bot.Index >= 0 ? Bots[alert.Bot.Index].Name : null;
        string? fault = alert.Kind is AlertKind.StrategyFailed or AlertKind.StrategyHung ? _account.Engine.FaultOf(alert.Bot) : null;
        string words = RiskWords.Of(alert.Kind, _account.Engine.Risk.Standing);
        _listener(new AccountAlerted(alert.Time, Name, bot, alert.Kind, fault is null ? words : $"{words}: {fault}"));
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

    /// <summary>Takes a step, and tells of it.</summary>
    /// <returns>False when the bot may not; then nothing has changed.</returns>
    public bool TryGo(BotId bot, BotState next, Timestamp now, string reason, [NotNullWhen(false)] out string? refusal)
    {
        BotState from = _lives[bot.Index].State;
        if (!_lives[bot.Index].TryGo(next, now, reason, out refusal))
        {
            return false;
        }

        _listener(new BotMoved(now, Name, Bots[bot.Index].Name, new BotStep(from, next, now, reason)));
        return true;
    }

    // What became of the bot since the last look.
    private void Follow(int bot, Timestamp now)
    {
        bool holds = !PositionOf(bot).IsFlat;
        BotCondition condition = _account.Engine.ConditionOf(new BotId(bot));
        BotState state = _lives[bot].State;
        if (condition == BotCondition.Failed && state is not (BotState.Error or BotState.Stopped))
        {
            Go(bot, BotState.Error, now, _account.Engine.FaultOf(new BotId(bot)) ?? "its strategy failed before");
        }
        else if (condition == BotCondition.Running && state == BotState.Error && !_hasEnded)
        {
            Go(bot, Busy(new BotId(bot)), now, "its strategy was made anew");
        }
        else if (condition == BotCondition.Paused && state == BotState.Error && !_hasEnded)
        {
            Go(bot, BotState.Scanning, now, "its strategy was made anew");
            Go(bot, BotState.Paused, now, "it was paused before");
        }
        else if (condition == BotCondition.Emergency && state == BotState.Emergency && !holds && WorkingOf(bot) == 0)
        {
            Go(bot, BotState.Stopped, now, "flat");
        }
        else if (holds && state == BotState.Scanning)
        {
            Go(bot, BotState.Managing, now, "holds a position");
        }
        else if (!holds && state == BotState.Managing)
        {
            Go(bot, BotState.Scanning, now, "flat");
        }
    }

    private int WorkingOf(int bot) => _account.Engine.Orders.Working.Count(order => order.Bot.Index == bot);

    private void Go(int bot, BotState next, Timestamp now, string reason)
    {
        if (!TryGo(new BotId(bot), next, now, reason, out string? refusal))
        {
            _listener(new AccountNote(now, Name, $"bot {Bots[bot].Name}: {refusal}"));
        }
    }
}

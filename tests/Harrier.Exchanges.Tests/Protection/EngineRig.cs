using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Protection;

/// <summary>
/// A real engine with one bot that trades on the built-in exchange through a real adapter. One loop feeds it, as in live trading; a test does and reads
/// everything between two inputs.
/// </summary>
internal sealed class EngineRig : IAsyncDisposable
{
    public const decimal Deposit = 50_000m;

    private readonly Channel<ExecutionReport> _reports = Channel.CreateUnbounded<ExecutionReport>();
    private readonly Lock _gate = new();
    private readonly List<ExecutionReport> _heard = [];
    private readonly List<EngineAlert> _alerts = [];
    private readonly ScriptedStrategy _strategy = new();
    private readonly Instrument[] _instruments;
    private readonly TradingEngine _engine;
    private readonly Task _pump;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The rig disposes of its venue.")]
    private EngineRig(ContractRig exchange, ProtectionSettings protection)
    {
        Exchange = exchange;
        _instruments = [Of(exchange.Instrument, 0, ContractRig.Symbol, "BTC"), Of(exchange.Instrument, 1, ContractRig.OtherSymbol, "ETH")];
        Venue = exchange.Connect(exchange.Credentials, options => options with { Instruments = _instruments, Reports = r => _reports.Writer.TryWrite(r) });
        _engine = new TradingEngine(
            new EngineOptions
            {
                Account = new AccountId("fault"),
                Run = 7,
                Instruments = _instruments,
                Numeraire = new Asset("USDT"),
                Bots = [new BotDefinition { Strategy = _strategy, Instruments = [.. _instruments.Select(i => i.Id)], Protection = protection }],
            },
            new EngineSurroundings(Venue) { Alerts = _alerts.Add });
        _pump = PumpAsync();
    }

    public ContractRig Exchange { get; }

    public TradingVenue Venue { get; }

    public Instrument Instrument => _instruments[0];

    public Instrument Other => _instruments[1];

    public IReadOnlyList<EngineAlert> Alerts => Read(_ => (IReadOnlyList<EngineAlert>)[.. _alerts]);

    /// <summary>What the venue said, at the engine's times.</summary>
    public IReadOnlyList<ExecutionReport> Heard => Read(_ => (IReadOnlyList<ExecutionReport>)[.. _heard]);

    /// <summary>The bot's position in lots.</summary>
    public long Held => Read(engine => engine.Portfolio.Position(default, Instrument.Id).Size.Value);

    /// <summary>Stops of the bot that the venue has confirmed.</summary>
    public IReadOnlyList<Order> Stops => Read(engine => (IReadOnlyList<Order>)[.. engine.Orders.Working.Where(o => o.Intent.Purpose == OrderPurpose.StopLoss && o.State == OrderState.Accepted)]);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The rig disposes of its exchange.")]
    public static async Task<EngineRig> StartAsync(ContractVenue venue, ProtectionSettings protection)
    {
        // The venue's account has what the bot has, and nothing that could hide a sale of too much.
        ContractRig exchange = await ContractRig.StartAsync(venue, connects: false, new Dictionary<string, decimal> { ["USDT"] = Deposit });
        EngineRig rig = new(exchange, protection);
        (await rig.Venue.StartAsync(TestContext.Current.CancellationToken)).ShouldBe(VenueResult<bool>.Ok(true));
        rig.Do(engine => engine.Process(new AccountReport(default, new Money(Deposit, new Asset("USDT")), rig.Now())));
        rig.Trade(65_000m);
        return rig;
    }

    /// <summary>Lets the strategy answer news of orders from now on.</summary>
    public void Answer(Action<ScriptedStrategy, OrderEvent> answer) => Do(_ => _strategy.Answer = answer);

    /// <summary>Lets the strategy answer its fills from now on.</summary>
    public void AnswerFills(Action<ScriptedStrategy> answer) => Do(_ => _strategy.AnswerFill = answer);

    /// <summary>Lets the strategy do something at a trade that happens now.</summary>
    public void Act(Action<ScriptedStrategy> action, decimal price = 65_000m)
    {
        Do(_ => _strategy.Next = action);
        Trade(price);
    }

    /// <summary>Tells the engine of a public trade in both instruments.</summary>
    public void Trade(decimal price)
    {
        foreach (Instrument instrument in _instruments.Reverse())
        {
            Do(engine => engine.Process(new MarketEvent
            {
                ExchangeTime = Now(),
                ReceivedTime = Now(),
                Price = instrument.ToTicks(price),
                Size = new SizeLots(1),
                Instrument = instrument.Id,
                Kind = MarketEventKind.Trade,
            }));
        }
    }

    /// <summary>Waits until something is so; a hang fails with what was heard.</summary>
    public Task Becomes(Func<bool> condition, string what) => Eventually.Agrees(() => condition()
        ? null
        : $"{what}; heard {string.Join(", ", Heard.Select(r => $"{r.Order} {r.Kind} {r.Reason} {r.Size}"))}; alerts {string.Join(", ", Alerts.Select(a => a.Kind))}");

    public T Read<T>(Func<TradingEngine, T> read)
    {
        lock (_gate)
        {
            return read(_engine);
        }
    }

    public void Do(Action<TradingEngine> act)
    {
        lock (_gate)
        {
            act(_engine);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Venue.DisposeAsync();
        _reports.Writer.Complete();
        await _pump;
        await Exchange.DisposeAsync();
    }

    private async Task PumpAsync()
    {
        await foreach (ExecutionReport report in _reports.Reader.ReadAllAsync())
        {
            Do(engine =>
            {
                // The engine's time is that of its inputs, and a report may have waited behind one that came later.
                ExecutionReport timed = report with { ReceivedTime = report.ReceivedTime > engine.Time.Now ? report.ReceivedTime : engine.Time.Now };

                // There is one bot: what concerns the account concerns it.
                timed = timed.Bot == ExecutionReport.OfAccount ? timed with { Bot = default } : timed;
                _heard.Add(timed);
                engine.Process(in timed);
            });
        }
    }

    private Timestamp Now()
    {
        Timestamp now = Timestamp.From(TimeProvider.System.GetUtcNow());
        return now > _engine.Time.Now ? now : _engine.Time.Now;
    }

    private static Instrument Of(Instrument like, int id, string symbol, string asset) =>
        new(new InstrumentId(id), like.Definition with { Symbol = symbol, Base = new Asset(asset), MinNotional = 5m });
}

/// <summary>Does what a test tells it.</summary>
internal sealed class ScriptedStrategy : Strategy
{
    public Action<ScriptedStrategy>? Next { get; set; }

    public Action<ScriptedStrategy, OrderEvent>? Answer { get; set; }

    public Action<ScriptedStrategy>? AnswerFill { get; set; }

    public ClientOrderId? Place(in OrderIntent intent) => Send(in intent);

    public ClientOrderId? BuyAt(SizeLots size, PriceTicks? limit = null) => Buy(size, limit);

    public void Leave() => Emit(SignalSide.Exit, 1);

    public void CancelEverything() => CancelAll();

    protected override void OnTrade(in MarketEvent trade)
    {
        if (trade.Instrument == Instrument.Id && Next is { } next)
        {
            Next = null;
            next(this);
        }
    }

    protected override void OnFill(in Fill fill) => AnswerFill?.Invoke(this);

    protected override void OnOrder(in OrderEvent orderEvent) => Answer?.Invoke(this, orderEvent);
}

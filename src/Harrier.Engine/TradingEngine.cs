using System.Buffers;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Engine.Time;
using Harrier.Features;

namespace Harrier.Engine;

/// <summary>
/// The loop: one account, one thread, one writer. Every input goes the same way, in backtest, paper and live:
/// journal, time, market, features, strategy, risk, execution, portfolio, journal. Start reading here.
/// </summary>
public sealed partial class TradingEngine
{
    private const int SnapshotMagic = 0x31524148;
    private const int SnapshotVersion = 12;

    private readonly EngineParts _parts;
    private readonly StrategyHost _host;

    /// <summary>Wires the parts and starts the strategies; nothing is sent before the first input.</summary>
    /// <exception cref="ArgumentException">Instruments or bots do not fit together.</exception>
    public TradingEngine(EngineOptions options, EngineSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        InstrumentTable table = new(options.Instruments);
        EngineTime time = new();
        MarketState market = new(table);
        AccountPortfolio portfolio = new(table, market, options.Bots.Count, options.Numeraire);
        options.Limits.Check();
        RiskGate risk = new(options.Limits, table, time, market, portfolio) { Predictor = options.Predictor };
        _parts = new EngineParts(surroundings, table, time, market, portfolio)
        {
            Risk = risk,
            Orders = new OrderManager(options.Run, portfolio.Ledger, risk.Doubts),
            Conversions = new ConversionDesk(table, portfolio.Ledger),
        };
        _host = new StrategyHost(_parts) { IsSupervised = options.IsSupervised };
        _host.Start(options.Bots);
    }

    /// <summary>What the engine was made of.</summary>
    public EngineOptions Options { get; }

    /// <summary>The time of the input handled last.</summary>
    public EngineTime Time => _parts.Time;

    /// <summary>Last prices.</summary>
    public MarketState Market => _parts.Market;

    /// <summary>Ledger, positions, round trips.</summary>
    public AccountPortfolio Portfolio => _parts.Portfolio;

    /// <summary>Working orders and counts.</summary>
    public OrderManager Orders => _parts.Orders;

    /// <summary>Conversions that may have moved money, and counts.</summary>
    public ConversionDesk Conversions => _parts.Conversions;

    /// <summary>Limits and halt.</summary>
    public RiskGate Risk => _parts.Risk;

    /// <summary>What the strategies share; whoever watches an engine may ask for more before its first input.</summary>
    public FeatureSet Features => _host.Features;

    /// <summary>Orders refused by the risk gate so far, by the rule that refused.</summary>
    public RefusalCounts<DenyRule> Denials => _host.Denied;

    /// <summary>Alerts so far, by kind.</summary>
    public AlertLog Alerts => _parts.Alerts;

    /// <summary>Whether a bot's strategy is heard.</summary>
    public BotCondition ConditionOf(BotId bot) => _host.Bots[bot.Index].Condition;

    /// <summary>What a bot's strategy failed with last, in this process; null when it has not.</summary>
    public string? FaultOf(BotId bot) => _host.Bots[bot.Index].FaultText;

    /// <summary>The call of a strategy that has not returned; null between two. Safe to read from any thread: a call that stays has hung.</summary>
    public StrategyCall? CurrentCall => _host.CurrentCall;

    /// <summary>Counts calls of strategies from here, and makes all of them but one.</summary>
    /// <param name="fence">Number of the call that is not made, because it hung when the same inputs were handled before: its strategy fails instead. 0 for none.</param>
    public void BeginCalls(long fence = 0)
    {
        _host.BeginCalls();
        _host.FenceAt = fence;
    }

    /// <summary>How long positions of a bot have lived without a stop that the venue has accepted.</summary>
    public TimeSpan NakedTimeOf(BotId bot) => _host.NakedTimeOf(_host.Bots[bot.Index]);

    /// <summary>The order by which a bot would enter its primary instrument now, with the size that it would have.</summary>
    public OrderIntent EntryOf(BotId bot, OrderSide side) => _host.EntryOf(_host.Bots[bot.Index], side);

    /// <summary>Size and exit rules of a bot as they are now.</summary>
    public BotEdit SettingsOf(BotId bot) => _host.Bots[bot.Index].Settings;

    /// <summary>Digest of all decisions so far: signals followed, orders, cancellations, refusals, fills.</summary>
    public string DecisionHash => _parts.Decisions.Current();

    /// <summary>Handles a closed bar.</summary>
    public void Process(in Bar bar)
    {
        _parts.Journal?.Append(in bar);
        _parts.Time.AdvanceTo(bar.CloseTime);
        Instrument instrument = _parts.Table[bar.Instrument];
        Vector256<double> prices = instrument.ToDouble(Vector256.Create(bar.Open.Value, bar.High.Value, bar.Low.Value, bar.Close.Value));
        Ohlcv values = new(prices[0], prices[1], prices[2], prices[3], bar.Volume, bar.OpenTime);
        _parts.Market.Apply(bar.Instrument, bar.Close, values.Close);
        _parts.Risk.Account.OnBar(in bar, values.Close);
        _parts.Risk.Account.Measure(Time.Now);
        _host.OnBar(in bar, in values);
        _host.ObeyLimits();
    }

    /// <summary>Handles a trade, mark price, funding or change of an order book.</summary>
    public void Process(in MarketEvent marketEvent)
    {
        _parts.Journal?.Append(in marketEvent);
        _parts.Time.AdvanceTo(marketEvent.ReceivedTime);
        if (marketEvent.Kind is MarketEventKind.BookLevel or MarketEventKind.BookClear)
        {
            ApplyBook(in marketEvent);
            return;
        }

        _parts.Market.Apply(marketEvent.Instrument, marketEvent.Price, _parts.Table[marketEvent.Instrument].ToDouble(marketEvent.Price));
        if (marketEvent.Kind == MarketEventKind.Funding)
        {
            _parts.Portfolio.BookFunding(in marketEvent);
        }

        _parts.Risk.Account.Measure(Time.Now);
        if (marketEvent.Kind == MarketEventKind.Trade)
        {
            _host.OnTrade(in marketEvent);
        }

        _host.ObeyLimits();
    }

    /// <summary>Handles a venue's report about an order.</summary>
    public void Process(in ExecutionReport report)
    {
        _parts.Journal?.Append(in report);
        _parts.Time.AdvanceTo(report.ReceivedTime);
        if (report.Kind == ExecutionKind.Funded)
        {
            BookFunding(in report);
            return;
        }

        if (report.Kind is ExecutionKind.Liquidated or ExecutionKind.Adjusted or ExecutionKind.Corrected)
        {
            BookWithoutOrder(in report);
            return;
        }

        if (report.Kind == ExecutionKind.Filled)
        {
            if (_parts.Orders.ApplyFill(in report) is { } filled)
            {
                OrderObserver?.OnReport(filled, in report);
                SizeLots beyond = Beyond(filled, report.Size);
                Book(FillOf(in report, filled.Bot, filled.Intent.Instrument, (filled.Intent.Side, filled.Intent.Purpose)), beyond);
            }

            return;
        }

        if (_parts.Orders.Apply(in report) is { } order)
        {
            OrderObserver?.OnReport(order, in report);
            _host.OnOrder(order, in report);
            _host.ObeyLimits();
        }
    }

    private void BookFunding(in ExecutionReport report)
    {
        if (_parts.Portfolio.BookFunding(in report))
        {
            _parts.Risk.Account.Measure(Time.Now);
            _host.ObeyLimits();
        }
    }

    /// <summary>Handles money coming in or going out.</summary>
    public void Process(in AccountReport report)
    {
        _parts.Journal?.Append(in report);
        _parts.Time.AdvanceTo(report.Time);
        _parts.Risk.Account.Transfer(in report);
        _host.ObeyLimits();
    }

    /// <summary>Handles a step of a conversion.</summary>
    /// <returns>For a request: what may be committed now, or why nothing may; empty for its end, and for a request told before.</returns>
    public ConversionDecision Process(in ConversionReport report)
    {
        _parts.Journal?.Append(in report);
        _parts.Time.AdvanceTo(report.Time);
        return ConversionFlow.Apply(_parts, in report);
    }

    /// <summary>Handles a broken feed: its instrument's price is suspect until the next good event.</summary>
    public void Process(in FeedFault fault)
    {
        _parts.Journal?.Append(in fault);
        _parts.Time.AdvanceTo(fault.Time);
        if (_parts.Market.Apply(in fault))
        {
            _host.Features.OnBookLost(fault.Instrument);
        }
    }

    /// <summary>Handles an order of the operator.</summary>
    public void Process(in OperatorCommand command)
    {
        _parts.Journal?.Append(in command);
        _parts.Time.AdvanceTo(command.Time);
        switch (command.Action)
        {
            case OperatorAction.Halt:
                _parts.Risk.IsHalted = true;
                break;
            case OperatorAction.Resume:
                _parts.Risk.IsHalted = false;
                _parts.Orders.ClearEscalations();
                break;
            case OperatorAction.PictureLost:
                _parts.Risk.IsBlind = true;
                break;
            case OperatorAction.PictureSound:
                _parts.Risk.IsBlind = false;
                break;
            case OperatorAction.CancelEntries:
                _host.CancelEntries(null);
                break;
            case OperatorAction.ResetKillSwitch:
                _parts.Risk.Account.ResetKillSwitch();
                break;
            case OperatorAction.ResetDrawdown:
                _parts.Risk.Account.ResetDrawdown();
                break;
            case OperatorAction.BeginWarmUp:
                _host.IsWarmingUp = true;
                break;
            case OperatorAction.EndWarmUp:
                _host.IsWarmingUp = false;
                break;
            case OperatorAction.Recompose:
                // The last input of this engine: its successor is made of what the order says.
                break;
            default:
                _host.Obey(_host.Bots[command.Bot.Index], in command);
                break;
        }
    }

    /// <summary>Handles the passing of time.</summary>
    public void Process(in Heartbeat heartbeat)
    {
        _parts.Journal?.Append(in heartbeat);
        _parts.Time.AdvanceTo(heartbeat.Time);
        _parts.Risk.Apply(in heartbeat);
        _parts.Risk.Account.Measure(Time.Now);
        _host.ObeyLimits();
    }

    /// <summary>The whole state as bytes; the same state gives the same bytes.</summary>
    public byte[] Save()
    {
        Invariant.That(!_host.IsWarmingUp, "an engine is not saved while it learns from the past");
        ArrayBufferWriter<byte> buffer = new(4096);
        StateWriter writer = new(buffer);
        writer.Write(SnapshotMagic);
        writer.Write(SnapshotVersion);
        writer.Write(_parts.Time);
        writer.Write(_parts.Market);
        writer.Write(_parts.Portfolio);
        writer.Write(_parts.Risk);
        writer.Write(_parts.Orders);
        writer.Write(_parts.Conversions);
        writer.Write(_parts.Decisions);
        writer.Write(_parts.Alerts);
        _host.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Continues from a saved state, bit-equal. The engine must have been made with the same options and not have handled anything.</summary>
    /// <exception cref="InvalidDataException">The state is of another version, of other options, or damaged.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        StateReader reader = new(state);
        if (reader.ReadInt32() != SnapshotMagic)
        {
            throw new InvalidDataException("this is not a saved state of an engine");
        }

        int version = reader.ReadInt32();
        if (version != SnapshotVersion)
        {
            throw new InvalidDataException($"the saved state has version {version}, this build reads version {SnapshotVersion}");
        }

        reader.Read(_parts.Time);
        reader.Read(_parts.Market);
        reader.Read(_parts.Portfolio);
        reader.Read(_parts.Risk);
        reader.Read(_parts.Orders);
        reader.Read(_parts.Conversions);
        reader.Read(_parts.Decisions);
        reader.Read(_parts.Alerts);
        _host.Restore(ref reader);
        if (reader.Remaining != 0)
        {
            throw new InvalidDataException($"{reader.Remaining} bytes of saved state are left over: it belongs to other options");
        }
    }

    /// <summary>Digest of the whole state and all decisions, in lower-case hexadecimal.</summary>
    public string StateHash() => Convert.ToHexStringLower(SHA256.HashData(Save()));

    private void ApplyBook(in MarketEvent change)
    {
        BookStep step = _parts.Market.ApplyBook(in change);
        if ((step & BookStep.Lost) != 0)
        {
            _host.Features.OnBookLost(change.Instrument);
        }

        if ((step & BookStep.Whole) != 0 && _parts.Market.Book(change.Instrument) is { } book)
        {
            _host.OnBook(change.Instrument, book);
        }
    }
}

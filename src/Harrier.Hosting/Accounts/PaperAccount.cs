using System.Buffers;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Risk;
using Harrier.Simulation.Fills;

namespace Harrier.Hosting.Accounts;

/// <summary>Told what happens on a paper account, on its thread, after it is booked.</summary>
/// <param name="order">The order that traded, as it was before; null for a liquidation.</param>
/// <param name="report">The fill.</param>
public delegate void FillListener(Order? order, in ExecutionReport report);

/// <summary>Told that a gate refused an order of a paper account, on its thread.</summary>
/// <param name="bot">Whose order.</param>
/// <param name="intent">What was asked for.</param>
/// <param name="reason">Rule, value and limit.</param>
/// <param name="time">When.</param>
public delegate void DenialListener(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time);

/// <summary>
/// An engine and the simulated venue that fills its orders. The order is that of a backtest: a bar first meets the orders that were there when it
/// began, then the engine decides on it. The whole state is a function of the inputs alone, which are journaled before they are handled.
/// Belongs to one thread at a time.
/// </summary>
public sealed class PaperAccount : IExecutionSink, IDisposable
{
    private readonly AccountMemory _memory;
    private readonly FillSimulator _venue;
    private readonly InstrumentTable _table;

    /// <summary>An account before its first input.</summary>
    /// <param name="plan">What it is made of.</param>
    /// <param name="journal">Folder for the journal of its inputs and decisions: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public PaperAccount(AccountPlan plan, string journal)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        _memory = new AccountMemory(journal, plan.Identity);
        _venue = plan.NewVenue();
        _table = new InstrumentTable(plan.Instruments);
        Engine = new TradingEngine(plan.NewEngineOptions(), new EngineSurroundings(_venue, _memory) { Alerts = alert => Alerted?.Invoke(alert) });
    }

    /// <summary>What it is made of.</summary>
    public AccountPlan Plan { get; }

    /// <summary>The engine.</summary>
    public TradingEngine Engine { get; }

    /// <summary>Told every fill; null when nobody is.</summary>
    public FillListener? Filled { get; set; }

    /// <summary>Told every alert; null when nobody is.</summary>
    public Action<EngineAlert>? Alerted { get; set; }

    /// <summary>Told every order that a gate refused; null when nobody is.</summary>
    public DenialListener? Denied
    {
        get => _memory.Denied;
        set => _memory.Denied = value;
    }

    /// <summary>Goes on in another journal.</summary>
    /// <param name="journal">Its folder: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public void ContinueIn(string journal)
    {
        _memory.ContinueIn(journal);
        Engine.BeginCalls();
    }

    /// <summary>Closes the journal, so that it can be read; the account needs another before its next input.</summary>
    public void CloseJournal() => _memory.Dispose();

    /// <summary>Handles a closed bar: orders that were there meet its prices, then the strategies see it.</summary>
    public void Handle(in Bar bar)
    {
        _memory.Announce(in bar);
        _venue.Trade(in bar, this);
        Engine.Process(in bar);
        _venue.Deliver(this);
    }

    /// <summary>Handles money that comes in or goes out.</summary>
    public void Handle(in AccountReport report)
    {
        Engine.Process(in report);
        _venue.Deposit(report.Bot, report.Amount);
    }

    /// <summary>Handles a broken feed.</summary>
    public void Handle(in FeedFault fault)
    {
        Engine.Process(in fault);
        _venue.Deliver(this);
    }

    /// <summary>Handles an order of the operator.</summary>
    public void Handle(in OperatorCommand command)
    {
        Engine.Process(in command);
        _venue.Deliver(this);
    }

    /// <summary>Handles the passing of time.</summary>
    public void Handle(in Heartbeat heartbeat)
    {
        Engine.Process(in heartbeat);
        _venue.Deliver(this);
    }

    /// <summary>Where the books of the engine and those of the venue, which are kept apart, say different things.</summary>
    /// <returns>One line for each difference; none when all is well.</returns>
    public IReadOnlyList<string> Differences()
    {
        List<string> found = [];
        for (int i = 0; i < Plan.Settings.Bots.Count; i++)
        {
            BotId bot = new(i);
            foreach (Instrument instrument in Plan.Instruments)
            {
                SizeLots ours = Engine.Portfolio.Position(bot, instrument.Id).Size;
                SizeLots theirs = _venue.Position(bot, instrument.Id);
                if (ours != theirs && instrument.Kind == InstrumentKind.LinearPerpetual)
                {
                    found.Add($"bot {Plan.Settings.Bots[i].Name}: {instrument.Symbol}: the engine holds {ours} lots, the venue {theirs}");
                }
            }

            ReadOnlySpan<Asset> assets = _table.Assets;
            for (int asset = 0; asset < assets.Length; asset++)
            {
                decimal ours = Engine.Portfolio.Ledger.Owned(bot, asset);
                decimal theirs = _venue.Balance(bot, assets[asset]);
                if (ours != theirs)
                {
                    found.Add($"bot {Plan.Settings.Bots[i].Name}: {assets[asset]}: the engine owns {ours}, the venue has {theirs}");
                }
            }
        }

        return found;
    }

    /// <summary>The whole state of engine and venue; the same state gives the same bytes.</summary>
    public byte[] Save()
    {
        byte[] engine = Engine.Save();
        ArrayBufferWriter<byte> buffer = new(engine.Length + 4096);
        StateWriter writer = new(buffer);
        writer.Write(engine.Length);
        buffer.Write(engine);
        _venue.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Continues from a saved state, bit-equal. The account must not have handled anything.</summary>
    /// <exception cref="InvalidDataException">The state is of another version, of other settings, or damaged.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        StateReader reader = new(state);
        int length = reader.ReadInt32();
        Engine.Restore(state.Slice(sizeof(int), length));
        reader = new StateReader(state[(sizeof(int) + length)..]);
        _venue.Restore(ref reader, Engine.Orders);
        if (reader.Remaining != 0)
        {
            throw new InvalidDataException($"{reader.Remaining} bytes of saved state are left over: it belongs to other settings");
        }
    }

    /// <summary>Brings the journal to disk and closes it.</summary>
    public void Dispose() => _memory.Dispose();

    /// <inheritdoc/>
    void IExecutionSink.Deliver(in ExecutionReport report)
    {
        Order? order = report.Kind == ExecutionKind.Filled ? Engine.Orders.Find(report.Order) : null;
        Engine.Process(in report);
        if (report.Kind is ExecutionKind.Filled or ExecutionKind.Liquidated)
        {
            Filled?.Invoke(order, in report);
        }
    }
}

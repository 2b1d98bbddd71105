using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Strategies.Lifecycle;

namespace Harrier.Strategies.Setups;

/// <summary>
/// What all strategies on setups share: the signals on their way, entries with stops, and what is said about them. A setup that is valid becomes a signal
/// when none like it lives; a signal becomes an entry with its stop, which the platform sizes, protects at the venue and leaves by its rules. A limit entry
/// works as long as its signal lives. Something is said at every closed bar, HOLD included.
/// </summary>
public abstract class SetupStrategy : Strategy
{
    private static readonly string[] _refusals = [.. Enum.GetValues<DenyRule>().Select(rule => "risk:" + JsonNamingPolicy.SnakeCaseLower.ConvertName(rule.ToString()))];

    private readonly SignalBook _signals;
    private readonly TimeSpan _timeToLive;
    private SetupDecision _last;
    private SignalSide _said;
    private long _entering;
    private ClientOrderId _order;

    /// <summary>Creates it.</summary>
    /// <param name="timeToLive">How long a signal lives that does not trade.</param>
    private protected SetupStrategy(TimeSpan timeToLive)
    {
        _timeToLive = timeToLive;
        _signals = new SignalBook(new SignalBookSettings { TimeToLive = timeToLive });
    }

    /// <summary>The signals on their way and those that ended.</summary>
    public SignalBook Signals => _signals;

    /// <summary>The last bars of the primary instrument.</summary>
    protected BarWindow Bars { get; } = new();

    /// <summary>What of its data is missing, for show: <c>tape+book</c>; empty for nothing.</summary>
    protected virtual string Missing => "";

    /// <summary>True when the activity of the market drops so far that no signal is taken up.</summary>
    protected virtual bool IsActivityDropping => false;

    /// <inheritdoc/>
    protected sealed override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (bar.Instrument != Instrument.Id)
        {
            return;
        }

        Bars.Add(in values);
        _signals.Expire(Now);
        _last = default;
        _said = SignalSide.Hold;
        OnClosedBar(in bar, in values);
        if (_said == SignalSide.Hold)
        {
            Emit(SignalSide.Hold, 0);
        }
    }

    /// <summary>A bar of the primary instrument closed; it is in <see cref="Bars"/> already.</summary>
    protected abstract void OnClosedBar(in Bar bar, in Ohlcv values);

    /// <inheritdoc/>
    protected override void OnFill(in Fill fill)
    {
        if (_entering != 0 && fill.Order == _order)
        {
            EndEntering(SignalStatus.Executed);
        }
    }

    /// <inheritdoc/>
    protected override void OnOrder(in OrderEvent orderEvent)
    {
        if (_entering != 0 && orderEvent.Order == _order && orderEvent.Kind is OrderEventKind.Canceled or OrderEventKind.Expired or OrderEventKind.Rejected)
        {
            EndEntering(orderEvent.Kind == OrderEventKind.Rejected ? SignalStatus.Failed : SignalStatus.Removed);
        }
    }

    /// <summary>Takes a setup up: says why not, or sends its entry.</summary>
    /// <param name="setup">What a condition said.</param>
    /// <param name="isLimit">True for a limit order at <see cref="SetupDecision.Entry"/>; false for one at the market.</param>
    /// <returns>True when it was taken up.</returns>
    protected bool Take(in SetupDecision setup, bool isLimit = false)
    {
        _last = setup;
        if (!setup.IsValid)
        {
            Note(in setup, setup.Refusal);
            return false;
        }

        int held = Math.Sign(Position.Size.Value);
        int wanted = setup.Side == OrderSide.Buy ? 1 : -1;
        if (held == -wanted)
        {
            // The market says the opposite of what is held: leave, and look again when flat.
            Note(in setup, "signal:lifecycle:opposite");
            Say(SignalSide.Exit, setup.Confidence);
            return false;
        }

        if (held != 0 || HasPlanIn(Instrument.Id) || HasWorkingOrders)
        {
            Note(in setup, "signal:lifecycle:in_position");
            return false;
        }

        return Offer(in setup, isLimit);
    }

    /// <summary>Leaves the position, whatever else is said at this bar.</summary>
    protected void Leave(double confidence) => Say(SignalSide.Exit, confidence);

    /// <summary>The order of a signal is taken back because what it was built on is gone.</summary>
    /// <param name="signal">Which.</param>
    /// <param name="reason">Why.</param>
    protected void TakeBack(in TrackedSignal signal, string reason)
    {
        _signals.End(signal.Id, SignalStatus.Removed);
        if (signal.Id == _entering)
        {
            Cancel(_order);
        }

        Report(new StrategyDecision("signal", SetupNames.Of(signal.Kind), Instrument.Id, reason, false), ("entry", signal.Entry));
    }

    /// <inheritdoc/>
    protected override void Describe(SignalMeta meta)
    {
        meta.Add("setup", SetupNames.Of(_last.Kind));
        meta.Add("entry", _last.IsValid && _last.Kind != SetupKind.None ? _last.Entry : double.NaN);
        meta.Add("stop", _last.IsValid && _last.Kind != SetupKind.None ? _last.Stop : double.NaN);
        meta.Add("confluence", SetupNames.Of(_last.Confluence));
        meta.Add("reason", _last.Refusal ?? "");
        meta.Add("missing", Missing);
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer)
    {
        writer.Write(Bars);
        writer.Write(_signals);
        writer.Write(_entering);
        writer.WriteRaw(in _order);
    }

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader)
    {
        reader.Read(Bars);
        reader.Read(_signals);
        _entering = reader.ReadInt64();
        _order = reader.ReadRaw<ClientOrderId>();
    }

    private static string RefusalOf(SignalRefusal refusal) => refusal switch
    {
        SignalRefusal.Duplicate => "signal:lifecycle:duplicate",
        SignalRefusal.Full => "signal:lifecycle:full",
        _ => "signal:lifecycle:activity_drop",
    };

    private bool Offer(in SetupDecision setup, bool isLimit)
    {
        (SignalRefusal refusal, long id) = _signals.Offer(Instrument.Id, in setup, IsActivityDropping, Now);
        if (refusal != SignalRefusal.None)
        {
            _last = setup with { Refusal = RefusalOf(refusal) };
            Note(in setup, _last.Refusal);
            return false;
        }

        SignalSide side = setup.Side == OrderSide.Buy ? SignalSide.Buy : SignalSide.Sell;
        if (side == SignalSide.Sell && Instrument.Kind == InstrumentKind.Spot)
        {
            // There is nothing to sell; the signal is shown, and followed by nothing.
            _signals.End(id, SignalStatus.Failed);
            Note(in setup, "signal:lifecycle:spot");
            Say(side, setup.Confidence);
            return false;
        }

        return Enter(id, in setup, isLimit);
    }

    private bool Enter(long id, in SetupDecision setup, bool isLimit)
    {
        bool isLong = setup.Side == OrderSide.Buy;
        _last = setup;
        _said = isLong ? SignalSide.Buy : SignalSide.Sell;
        EntryDecision decision = Enter(new EntryPlan
        {
            Instrument = Instrument.Id,
            Side = setup.Side,

            // Both away from the entry: never nearer to it than the setup says.
            Stop = isLong ? Instrument.FloorToTicks(setup.Stop) : Instrument.CeilingToTicks(setup.Stop),
            Limit = !isLimit ? null : isLong ? Instrument.FloorToTicks(setup.Entry) : Instrument.CeilingToTicks(setup.Entry),
            TimeToLive = isLimit ? _timeToLive : null,
            Confidence = setup.Confidence,
            Setup = SetupNames.Of(setup.Kind),
            Confluence = SetupNames.Of(setup.Confluence),
        });
        if (decision.Order is not { } order)
        {
            _signals.End(id, SignalStatus.Failed);
            Note(in setup, _refusals[(int)decision.Refusal.Rule]);
            return false;
        }

        _entering = id;
        _order = order;
        _signals.Activate(id, order);
        Note(in setup, null);
        return true;
    }

    private void Say(SignalSide side, double confidence)
    {
        _said = side;
        Emit(side, confidence);
    }

    private void EndEntering(SignalStatus status)
    {
        if (_signals.End(_entering, status))
        {
            Report(new StrategyDecision("signal", "lifecycle", Instrument.Id, StatusName(status), status == SignalStatus.Executed), ("id", _entering));
        }

        _entering = 0;
        _order = default;
    }

    private static string StatusName(SignalStatus status) => status switch
    {
        SignalStatus.Executed => "signal:lifecycle:executed",
        SignalStatus.Failed => "signal:lifecycle:failed",
        SignalStatus.Expired => "signal:lifecycle:expired",
        _ => "signal:lifecycle:removed",
    };

    private void Note(in SetupDecision setup, string? reason)
    {
        if (IsWatched)
        {
            Report(
                new StrategyDecision("signal", SetupNames.Of(setup.Kind), Instrument.Id, reason, reason is null),
                ("entry", setup.IsValid ? setup.Entry : double.NaN),
                ("stop", setup.IsValid ? setup.Stop : double.NaN),
                ("confidence", setup.IsValid ? setup.Confidence : double.NaN),
                ("side", setup.Side == OrderSide.Buy ? 1 : -1));
        }
    }
}

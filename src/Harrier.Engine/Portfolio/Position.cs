using Harrier.Domain;

namespace Harrier.Engine.Portfolio;

/// <summary>
/// One bot's position in one instrument and the round trip it is part of. Money in quote currency, from exact cash flows: what is
/// split between two trips is rounded once and the rest goes to the other, so that nothing is lost.
/// </summary>
public sealed class Position : IStateful
{
    internal const int SplitDecimals = NetPosition.SplitDecimals;

    private decimal _entryNotional;
    private long _entryLots;
    private decimal _exitNotional;
    private long _exitLots;
    private decimal _fees;
    private decimal _funding;

    /// <summary>Size; above 0 long, below 0 short, 0 flat.</summary>
    public SizeLots Size { get; private set; }

    /// <summary>What the open part cost: positive for a long, negative for a short (what its sale brought).</summary>
    public decimal Basis { get; private set; }

    /// <summary>Time of the first fill of the open round trip.</summary>
    public Timestamp EntryTime { get; private set; }

    /// <summary>Loss at the first stop in quote currency; null when there is none.</summary>
    public decimal? InitialRisk { get; internal set; }

    /// <summary>The kind of planned entry that opened the position; null without a plan.</summary>
    public string? Setup { get; private set; }

    /// <summary>What agreed on that entry; empty for nothing, null without a plan.</summary>
    public string? Confluence { get; private set; }

    /// <summary>Sum of what was left of positions and written off as too small to be sold; it stays on the account.</summary>
    public SizeLots Dust { get; private set; }

    /// <summary>True when nothing is held.</summary>
    public bool IsFlat => Size.Value == 0;

    /// <summary>True when the position is long.</summary>
    public bool IsLong => Size.Value > 0;

    /// <summary>True when the position is short.</summary>
    public bool IsShort => Size.Value < 0;

    /// <summary>Average price of the open part in quote currency; 0 when flat.</summary>
    public decimal AveragePrice(Instrument instrument) => IsFlat ? 0 : Basis / instrument.ToDecimal(Size);

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Size.Value);
        writer.Write(Basis);
        writer.Write(EntryTime);
        writer.Write(InitialRisk.HasValue);
        writer.Write(InitialRisk ?? 0);
        writer.Write(_entryNotional);
        writer.Write(_entryLots);
        writer.Write(_exitNotional);
        writer.Write(_exitLots);
        writer.Write(_fees);
        writer.Write(_funding);
        writer.Write(Dust.Value);
        writer.Write(Setup is not null);
        if (Setup is not null)
        {
            writer.Write(Setup);
            writer.Write(Confluence ?? "");
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Size = new SizeLots(reader.ReadInt64());
        Basis = reader.ReadDecimal();
        EntryTime = reader.ReadTimestamp();
        bool hasRisk = reader.ReadBoolean();
        decimal risk = reader.ReadDecimal();
        InitialRisk = hasRisk ? risk : null;
        _entryNotional = reader.ReadDecimal();
        _entryLots = reader.ReadInt64();
        _exitNotional = reader.ReadDecimal();
        _exitLots = reader.ReadInt64();
        _fees = reader.ReadDecimal();
        _funding = reader.ReadDecimal();
        Dust = new SizeLots(reader.ReadInt64());
        bool isPlanned = reader.ReadBoolean();
        Setup = isPlanned ? reader.ReadString() : null;
        Confluence = isPlanned ? reader.ReadString() : null;
    }

    /// <summary>Grows the position in its own direction, or opens it.</summary>
    internal void Open(long signedLots, decimal notional, decimal fee, Timestamp time)
    {
        if (IsFlat)
        {
            EntryTime = time;
            InitialRisk = null;
            Setup = Confluence = null;
        }

        Size += new SizeLots(signedLots);
        Basis += signedLots > 0 ? notional : -notional;
        _entryNotional += notional;
        _entryLots += Math.Abs(signedLots);
        _fees += fee;
    }

    /// <summary>Makes the position smaller.</summary>
    /// <returns>The realized profit before fees.</returns>
    internal decimal Close(long lots, decimal notional, decimal fee)
    {
        long held = Math.Abs(Size.Value);
        Invariant.That(lots <= held, "a close is not larger than the position");
        decimal basisPart = NetPosition.CostOf(Basis, lots, held);
        decimal realized = IsLong ? notional - basisPart : -notional - basisPart;
        Size -= new SizeLots(IsLong ? lots : -lots);
        Basis -= basisPart;
        _exitNotional += notional;
        _exitLots += lots;
        _fees += fee;
        return realized;
    }

    /// <summary>An execution that was booked before turns out to have been worth more or less.</summary>
    /// <param name="side">Its side.</param>
    /// <param name="change">Its right value less the one booked.</param>
    /// <param name="fee">Its fee, not booked before.</param>
    /// <returns>The profit that this realizes, when the execution is no part of the open position.</returns>
    internal decimal Correct(OrderSide side, decimal change, decimal fee)
    {
        decimal signed = side == OrderSide.Buy ? change : -change;
        if (IsFlat)
        {
            return -signed;
        }

        _fees += fee;
        if (IsLong == (side == OrderSide.Buy))
        {
            Basis += signed;
            _entryNotional += change;
            return 0;
        }

        _exitNotional += change;
        return -signed;
    }

    /// <summary>Names the planned entry that opened the position.</summary>
    internal void Tag(string setup, string confluence)
    {
        Setup = setup;
        Confluence = confluence;
    }

    internal void AddDust(SizeLots size) => Dust += size;

    internal void AddFunding(decimal received) => _funding += received;

    /// <summary>Ends the round trip of a position that has become flat.</summary>
    internal RoundTrip Finish(int id, Instrument instrument, in Fill last)
    {
        bool wasLong = last.Side == OrderSide.Sell;
        decimal quantity = instrument.ToDecimal(new SizeLots(_entryLots));
        RoundTrip trip = new()
        {
            Id = id,
            Bot = last.Bot,
            Instrument = last.Instrument,
            IsLong = wasLong,
            EntryTime = EntryTime,
            ExitTime = last.Time,
            EntryPrice = _entryNotional / quantity,
            ExitPrice = _exitLots == last.Size.Value ? instrument.ToDecimal(last.Price) : _exitNotional / quantity,
            Quantity = quantity,
            Fees = _fees,
            Funding = _funding,
            Pnl = (wasLong ? _exitNotional - _entryNotional : _entryNotional - _exitNotional) - _fees + _funding,
            InitialRisk = InitialRisk,
            ExitReason = last.Purpose,
            Setup = Setup,
            Confluence = Confluence,
        };
        _entryNotional = _exitNotional = _fees = _funding = 0;
        _entryLots = _exitLots = 0;
        InitialRisk = null;
        Setup = Confluence = null;
        return trip;
    }
}

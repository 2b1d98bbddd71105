using Harrier.Domain;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Lifecycle;

/// <summary>What became of a signal.</summary>
public enum SignalStatus
{
    /// <summary>It was taken up; no order has left yet.</summary>
    Pending = 0,

    /// <summary>Its order works.</summary>
    Active = 1,

    /// <summary>Its order traded.</summary>
    Executed = 2,

    /// <summary>Its order was refused, by us or by the venue.</summary>
    Failed = 3,

    /// <summary>Its time ended before it traded.</summary>
    Expired = 4,

    /// <summary>What it was built on is gone: its order was taken back.</summary>
    Removed = 5,
}

/// <summary>Why a signal is not taken up.</summary>
public enum SignalRefusal
{
    /// <summary>It is taken up.</summary>
    None = 0,

    /// <summary>One of the same instrument and side, with an entry within 0.1 %, lives or has just traded.</summary>
    Duplicate = 1,

    /// <summary>As many live as may.</summary>
    Full = 2,

    /// <summary>The activity of the market drops.</summary>
    ActivityDrop = 3,
}

/// <summary>A signal on its way. The type has no padding, whose bytes would be saved too.</summary>
/// <param name="Id">Counts from 1.</param>
/// <param name="Created">When it was taken up.</param>
/// <param name="Entry">Price of the entry in quote currency.</param>
/// <param name="Stop">Price of the stop.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Order">Sequence of its order; 0 without one.</param>
/// <param name="Instrument">Index of its instrument.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Traits">Kind and side, packed.</param>
/// <param name="Confluence">What else speaks for it.</param>
public readonly record struct TrackedSignal(
    long Id, Timestamp Created, double Entry, double Stop, double Confidence, long Order, int Instrument, SignalStatus Status, int Traits, Confluences Confluence)
{
    private const int SellBit = 256;

    /// <summary>What makes it.</summary>
    public SetupKind Kind => (SetupKind)(Traits % SellBit);

    /// <summary>Which way.</summary>
    public OrderSide Side => Traits >= SellBit ? OrderSide.Sell : OrderSide.Buy;

    /// <summary>True while something may still come of it.</summary>
    public bool IsLive => Status is SignalStatus.Pending or SignalStatus.Active;

    internal static TrackedSignal Of(long id, Timestamp now, InstrumentId instrument, in SetupDecision setup) => new(
        id, now, setup.Entry, setup.Stop, setup.Confidence, 0, instrument.Index, SignalStatus.Pending, (int)setup.Kind + (setup.Side == OrderSide.Sell ? SellBit : 0), setup.Confluence);
}

using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Microstructure;

/// <summary>
/// A member of <c>features --set</c>: asks an engine for features and writes a line per event or at each tick of the clock. One class and one row in
/// <see cref="FeatureMembers"/>.
/// </summary>
internal abstract class FeatureMember
{
    /// <summary>The engine's features may be asked for.</summary>
    public abstract void Start(FeatureSet features, Instrument instrument);

    /// <summary>A bar closed.</summary>
    public virtual void OnBar(in Bar bar, in Ohlcv values, FeatureLines lines)
    {
    }

    /// <summary>A trade happened.</summary>
    public virtual void OnTrade(in MarketEvent trade, FeatureLines lines)
    {
    }

    /// <summary>A whole message was applied to the book.</summary>
    public virtual void OnBook(in BookTop top, FeatureLines lines)
    {
    }

    /// <summary>Something happened to a wall.</summary>
    public virtual void OnDensity(DensityDetector detector, in DensityEvent densityEvent, FeatureLines lines)
    {
    }

    /// <summary>Time for a line.</summary>
    public virtual void OnTick(Timestamp now, FeatureLines lines)
    {
    }
}

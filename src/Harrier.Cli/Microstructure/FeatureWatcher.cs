using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Microstructure;

namespace Harrier.Cli.Microstructure;

/// <summary>A strategy that trades nothing: it hands what it hears to the members of a set.</summary>
/// <param name="members">Who writes.</param>
/// <param name="lines">Where.</param>
/// <param name="every">Time between two ticks.</param>
internal sealed class FeatureWatcher(IReadOnlyList<FeatureMember> members, FeatureLines lines, TimeSpan every) : Strategy
{
    private bool _isTicking;

    /// <inheritdoc/>
    protected override void OnStart()
    {
        foreach (FeatureMember member in members)
        {
            member.Start(Features, Instrument);
        }
    }

    /// <inheritdoc/>
    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        foreach (FeatureMember member in members)
        {
            member.OnBar(in bar, in values, lines);
        }
    }

    /// <inheritdoc/>
    protected override void OnTrade(in MarketEvent trade)
    {
        Tick();
        foreach (FeatureMember member in members)
        {
            member.OnTrade(in trade, lines);
        }
    }

    /// <inheritdoc/>
    protected override void OnBook(in BookTop top)
    {
        Tick();
        foreach (FeatureMember member in members)
        {
            member.OnBook(in top, lines);
        }
    }

    /// <inheritdoc/>
    protected override void OnDensity(DensityDetector detector, in DensityEvent densityEvent)
    {
        foreach (FeatureMember member in members)
        {
            member.OnDensity(detector, in densityEvent, lines);
        }
    }

    /// <inheritdoc/>
    protected override void OnTimer(int number)
    {
        SetTimer(0, Cadence.Next(Now, every));
        foreach (FeatureMember member in members)
        {
            member.OnTick(Now, lines);
        }
    }

    // Time begins with the first event.
    private void Tick()
    {
        if (!_isTicking)
        {
            _isTicking = true;
            SetTimer(0, Cadence.Next(Now, every));
        }
    }
}

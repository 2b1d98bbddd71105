using Harrier.Domain;
using Harrier.Features.Indicators;

namespace Harrier.Features.Patterns;

/// <summary>
/// Wyckoff's accumulation and distribution (guide 002), followed side by side. Events appear at the bar at which they can be known; each structure
/// proposes at most one trade, at the test of its spring, else when the price leaves the range after it.
/// </summary>
public sealed class WyckoffDetector : IBarFeature
{
    /// <summary>Creates it, without bars.</summary>
    /// <param name="settings">All numbers; default: as in <see cref="WyckoffSettings"/>.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public WyckoffDetector(WyckoffSettings? settings = null)
    {
        WyckoffSettings numbers = (settings ?? new WyckoffSettings()).Checked();
        Accumulation = new WyckoffCycle(numbers, WyckoffSchematic.Accumulation, Events, Signals);
        Distribution = new WyckoffCycle(numbers, WyckoffSchematic.Distribution, Events, Signals);
    }

    /// <summary>The structure after a fall.</summary>
    public WyckoffCycle Accumulation { get; }

    /// <summary>The structure after a rise.</summary>
    public WyckoffCycle Distribution { get; }

    /// <summary>The structure that has come further, of two as far the younger.</summary>
    /// <value>Null when there is none.</value>
    public WyckoffCycle? Leading
    {
        get
        {
            if (Accumulation.Phase == WyckoffPhase.None && Distribution.Phase == WyckoffPhase.None)
            {
                return null;
            }

            int ahead = Accumulation.Phase.CompareTo(Distribution.Phase);
            return ahead > 0 || (ahead == 0 && Accumulation.ClimaxIndex > Distribution.ClimaxIndex) ? Accumulation : Distribution;
        }
    }

    /// <summary>What happened in the structures.</summary>
    public EventLog<WyckoffEvent> Events { get; } = new(64);

    /// <summary>The trades that structures proposed.</summary>
    public EventLog<WyckoffSignal> Signals { get; } = new(16);

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar)
    {
        Events.StartBar();
        Signals.StartBar();
        Accumulation.OnBar(in bar);
        Distribution.OnBar(in bar);
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Events);
        writer.Write(Signals);
        writer.Write(Accumulation);
        writer.Write(Distribution);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(Events);
        reader.Read(Signals);
        reader.Read(Accumulation);
        reader.Read(Distribution);
    }
}

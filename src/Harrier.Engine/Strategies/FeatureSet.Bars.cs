using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.Levels;
using Harrier.Features.OrderFlow;
using Harrier.Features.Patterns;

namespace Harrier.Engine.Strategies;

/// <content>Features on closed bars.</content>
public sealed partial class FeatureSet
{
    /// <summary>Support and resistance of an instrument.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">How they are found; the usual where nothing is said.</param>
    public LevelDetector Levels(InstrumentId instrument, LevelSettings? settings = null)
    {
        settings ??= new LevelSettings();
        string name = $"levels:{settings with { DonchianPeriods = [] }}:{string.Join(',', settings.DonchianPeriods)}";
        return Share(instrument, name, () => new LevelDetector(settings));
    }

    /// <summary>The flow of orders in the bars of an instrument; with <see cref="DeltaSettings.Bars"/> its trades are taken too.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">How it is read; the usual where nothing is said.</param>
    public BarOrderFlow OrderFlow(InstrumentId instrument, FlowSettings? settings = null)
    {
        settings ??= new FlowSettings();
        return Share(instrument, $"orderflow:{settings}", () => new BarOrderFlow(settings));
    }

    /// <summary>Accumulation and distribution of an instrument.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">How they are recognized; the usual where nothing is said.</param>
    public WyckoffDetector Wyckoff(InstrumentId instrument, WyckoffSettings? settings = null)
    {
        settings ??= new WyckoffSettings();
        return Share(instrument, $"wyckoff:{settings}", () => new WyckoffDetector(settings));
    }

    /// <summary>Supply and demand zones of an instrument.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">How they are found; the usual where nothing is said.</param>
    public SupplyDemandZones Zones(InstrumentId instrument, ZoneSettings? settings = null)
    {
        settings ??= new ZoneSettings();
        return Share(instrument, $"zones:{settings}", () => new SupplyDemandZones(settings));
    }

    /// <summary>Volume by price of the last bars of an instrument.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="settings">How it is made; the usual where nothing is said.</param>
    public VolumeProfile VolumeProfile(InstrumentId instrument, VolumeProfileSettings? settings = null)
    {
        settings ??= new VolumeProfileSettings();
        return Share(instrument, $"volumeprofile:{settings}", () => new VolumeProfile(settings));
    }

    /// <summary>Feeds a closed bar to all that take bars.</summary>
    internal void Update(in Bar bar, in Ohlcv values)
    {
        Feeds feeds = _feeds[bar.Instrument.Index];
        foreach (IIndicator indicator in feeds.Bars)
        {
            indicator.Update(in values);
        }

        if (feeds.ClosedBars.Length > 0)
        {
            ClosedBar closed = ClosedBar.From(in bar, in values);
            foreach (IBarFeature feature in feeds.ClosedBars)
            {
                feature.OnBar(in closed);
            }
        }
    }
}

namespace Harrier.Features.Indicators;

/// <summary>Which bars make a Donchian channel.</summary>
public enum DonchianWindow
{
    /// <summary>The n bars before the current one: the only form in which a close can break out of the channel.</summary>
    PriorBars,

    /// <summary>The last n bars with the current one, as charting packages draw it.</summary>
    IncludingCurrent,
}

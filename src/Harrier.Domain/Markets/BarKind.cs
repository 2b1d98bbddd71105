namespace Harrier.Domain;

/// <summary>What closes a bar. The numbers are in journals and never change.</summary>
public enum BarKind : byte
{
    /// <summary>A fixed span of time, aligned to the UTC day.</summary>
    Time = 0,

    /// <summary>A number of trades.</summary>
    Tick = 1,

    /// <summary>A volume in base currency.</summary>
    Volume = 2,

    /// <summary>A traded value in quote currency.</summary>
    Dollar = 3,

    /// <summary>A move of the price by a brick, measured in ticks of the instrument.</summary>
    Renko = 4,

    /// <summary>More buys than sells, or the reverse, than were to be expected; measured in the number of trades a bar is expected to hold at first.</summary>
    Imbalance = 5,
}

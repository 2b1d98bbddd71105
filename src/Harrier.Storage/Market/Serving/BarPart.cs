namespace Harrier.Storage.Market.Serving;

/// <summary>How much of each bar is decoded.</summary>
public enum BarPart
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>Times, prices and volumes; what else a bar may say counts as not known.</summary>
    PricesAndVolume,
}

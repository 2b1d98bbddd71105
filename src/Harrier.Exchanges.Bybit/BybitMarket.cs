namespace Harrier.Exchanges.Bybit;

/// <summary>Which of the venue's markets; the venue calls them categories. Both belong to one unified account.</summary>
public enum BybitMarket : byte
{
    /// <summary>Spot.</summary>
    Spot = 0,

    /// <summary>Linear perpetual contracts, margined in stablecoins.</summary>
    Linear = 1,
}

/// <summary>The venue's names of its markets.</summary>
internal static class BybitMarkets
{
    public const string Spot = "bybit-spot";
    public const string Linear = "bybit-linear";

    public static BybitMarket Of(string venue) => venue == Spot ? BybitMarket.Spot : BybitMarket.Linear;

    public static string Venue(this BybitMarket market) => market == BybitMarket.Spot ? Spot : Linear;

    public static string Category(this BybitMarket market) => market == BybitMarket.Spot ? "spot" : "linear";
}

using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Bybit.Market;

/// <summary>The venue's names of candle lengths.</summary>
internal static class BybitIntervals
{
    private static readonly (string Name, CandleInterval Interval)[] _all =
    [
        .. new (string Name, string Usual)[]
        {
            ("1", "1m"), ("3", "3m"), ("5", "5m"), ("15", "15m"), ("30", "30m"), ("60", "1h"), ("120", "2h"), ("240", "4h"), ("360", "6h"), ("720", "12h"),
            ("D", "1d"), ("W", "1w"), ("M", "1M"),
        }.Select(i => (i.Name, CandleInterval.Find(i.Usual) ?? throw new InvalidOperationException(i.Usual))),
    ];

    /// <summary>The interval of a name, or null.</summary>
    public static CandleInterval? Find(string name) => _all.FirstOrDefault(i => i.Name == name).Interval;

    /// <summary>The name of an interval; null for one that the venue does not have.</summary>
    public static string? NameOf(CandleInterval interval) => _all.FirstOrDefault(i => ReferenceEquals(i.Interval, interval)).Name;
}

using System.Globalization;
using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>Candles in our words. The venue counts neither their trades nor what takers bought. Pure.</summary>
internal static class KlineMapping
{
    private const long SecondsOfMinute = 60;
    private const long SecondsOfDay = 86_400;
    private const long DaysOfWeek = 7;

    /// <summary>Reads an interval of fixed length: a number of minutes, D or W.</summary>
    /// <returns>False for a month or anything else.</returns>
    public static bool TrySpec(string? interval, out BarSpec spec)
    {
        long seconds = interval switch
        {
            "D" => SecondsOfDay,
            "W" => DaysOfWeek * SecondsOfDay,
            _ => long.TryParse(interval, NumberStyles.None, CultureInfo.InvariantCulture, out long minutes) && minutes <= SecondsOfDay ? minutes * SecondsOfMinute : 0,
        };
        spec = new BarSpec(seconds * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        return seconds > 0;
    }

    /// <summary>Reads a candle.</summary>
    /// <returns>Null, or why it could not be used.</returns>
    public static MarketFault? Of(KlineData data, SymbolEntry entry, BarSpec spec, out Bar bar)
    {
        bar = default;
        NumberFault worst = NumberFault.None;
        long Steps(string? text)
        {
            NumberFault fault = NumberText.Read(Encoding.UTF8.GetBytes(text ?? ""), entry.Prices, out long steps);
            worst = worst == NumberFault.Malformed || fault == NumberFault.None ? worst : fault;
            return steps;
        }

        long open = Steps(data.Open);
        long high = Steps(data.High);
        long low = Steps(data.Low);
        long close = Steps(data.Close);
        if (worst != NumberFault.None)
        {
            return worst == NumberFault.OffGrid ? MarketFault.OffGrid : MarketFault.Malformed;
        }

        if (!VenueTime.TryRead(data.Start, out Timestamp start))
        {
            return MarketFault.Malformed;
        }

        bar = new Bar
        {
            OpenTime = start,
            Open = new PriceTicks(open),
            High = new PriceTicks(high),
            Low = new PriceTicks(low),
            Close = new PriceTicks(close),
            Volume = (double)data.Volume,
            QuoteVolume = (double)data.Turnover,
            Spec = spec,
            Instrument = entry.Instrument.Id,
        };
        return null;
    }
}

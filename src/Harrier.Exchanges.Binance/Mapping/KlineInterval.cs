using Harrier.Domain;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Binance's names of kline intervals: 1s, 5m, 4h, 1d, 1w; 1M is a month.</summary>
internal static class KlineInterval
{
    /// <summary>Reads an interval of fixed length.</summary>
    /// <returns>False for a month or anything else.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out BarSpec spec)
    {
        spec = default;
        if (text.Length is < 2 or > 3)
        {
            return false;
        }

        long count = 0;
        foreach (byte character in text[..^1])
        {
            if (!char.IsAsciiDigit((char)character))
            {
                return false;
            }

            count = (count * 10) + (character - '0');
        }

        long seconds = text[^1] switch
        {
            (byte)'s' => 1,
            (byte)'m' => 60,
            (byte)'h' => 3_600,
            (byte)'d' => 86_400,
            (byte)'w' => 604_800,
            _ => 0,
        };
        spec = new BarSpec(count * seconds * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        return count > 0 && seconds > 0;
    }
}

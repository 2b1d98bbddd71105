using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Features.Levels;

/// <summary>What all levels of one bar are measured by.</summary>
/// <param name="Settings">How levels are found.</param>
/// <param name="Tolerance">How far a bar may miss a level and still touch it, in quote currency.</param>
/// <param name="MeanVolume">Of all bars looked at.</param>
internal readonly record struct LevelScale(LevelSettings Settings, double Tolerance, double MeanVolume);

/// <summary>Counts the touches of a price and gives it its strength.</summary>
internal static class LevelScoring
{
    private const double FullTouches = 5;
    private const double FullSpanHours = 168;
    private const double PierceWeight = 5;
    private const double NanosPerHour = 3600.0 * Timestamp.NanosPerSecond;

    public static PriceLevel Of(RecentBars bars, LevelKind kind, double price, in LevelScale scale)
    {
        int touches = 0;
        int pierced = 0;
        double volume = 0;
        Timestamp first = default;
        Timestamp last = default;
        double beyond = kind == LevelKind.Resistance ? price * (1 + scale.Settings.PierceFraction) : price * (1 - scale.Settings.PierceFraction);
        for (int i = bars.First; i < bars.Count; i++)
        {
            ref readonly ClosedBar bar = ref bars[i];
            if (Math.Abs((kind == LevelKind.Resistance ? bar.High : bar.Low) - price) <= scale.Tolerance)
            {
                first = touches == 0 ? bar.OpenTime : first;
                last = bar.OpenTime;
                touches++;
                volume += bar.Volume;
            }

            pierced += (kind == LevelKind.Resistance ? bar.Close > beyond : bar.Close < beyond) ? 1 : 0;
        }

        double hours = (last.Nanos - first.Nanos) / NanosPerHour;
        double volumeShare = touches > 0 && scale.MeanVolume > 0 ? volume / touches / scale.MeanVolume : 0;
        double strength = (0.4 * Math.Min(1, touches / FullTouches))
            + (0.2 * Math.Min(1, hours / FullSpanHours))
            + (0.2 * Math.Min(1, volumeShare))
            + (0.2 * (1 - Math.Min(1, PierceWeight * pierced / bars.Length)));
        return new PriceLevel
        {
            Kind = kind,
            Price = price,
            Touches = touches,
            Strength = strength,
            FirstTouch = first,
            LastTouch = last,
            BaseHeight = BaseHeight(bars, kind, price, scale.Settings),
            KnownAt = bars[bars.Last].CloseTime,
        };
    }

    // Of the newest bars the extreme that reaches away far enough and least far: the nearest floor of the base under a resistance.
    private static double BaseHeight(RecentBars bars, LevelKind kind, double price, LevelSettings settings)
    {
        double edge = kind == LevelKind.Resistance ? price * (1 - settings.BaseFraction) : price * (1 + settings.BaseFraction);
        double nearest = double.NaN;
        for (int i = Math.Max(bars.First, bars.Count - settings.BaseBars); i < bars.Count; i++)
        {
            double reach = kind == LevelKind.Resistance ? bars[i].Low : bars[i].High;
            bool isFar = kind == LevelKind.Resistance ? reach < edge : reach > edge;
            if (isFar && !(Math.Abs(price - reach) >= Math.Abs(price - nearest)))
            {
                nearest = reach;
            }
        }

        return Math.Abs(price - nearest);
    }
}

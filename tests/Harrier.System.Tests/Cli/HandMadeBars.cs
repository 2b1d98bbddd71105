using System.Globalization;
using System.Text;

namespace Harrier.System.Tests.Cli;

/// <summary>One bar as it stands in a file.</summary>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">In base currency.</param>
public sealed record HandMadeBar(decimal Open, decimal High, decimal Low, decimal Close, decimal Volume = 1000m);

/// <summary>Small files of one-minute bars from 2024-01-01 on.</summary>
internal static class HandMadeBars
{
    private const long Start = 1_704_067_200;

    public static string Csv(params IEnumerable<HandMadeBar> bars)
    {
        StringBuilder text = new("timestamp,open,high,low,close,volume\n");
        long time = Start;
        foreach (HandMadeBar bar in bars)
        {
            text.Append(CultureInfo.InvariantCulture, $"{time},{bar.Open:0.00},{bar.High:0.00},{bar.Low:0.00},{bar.Close:0.00},{bar.Volume:0.000}\n");
            time += 60;
        }

        return text.ToString();
    }

    /// <summary>The same bars as Binance writes klines in JSON.</summary>
    public static string Json(IReadOnlyList<HandMadeBar> bars) => "[" + string.Join(",", bars.Select((bar, i) => string.Create(
        CultureInfo.InvariantCulture,
        $"[{(Start + (60 * i)) * 1000},\"{bar.Open:0.00}\",\"{bar.High:0.00}\",\"{bar.Low:0.00}\",\"{bar.Close:0.00}\",\"{bar.Volume:0.000}\"]"))) + "]";

    /// <summary>A market that swings around 100, each bar opening where the one before closed.</summary>
    public static HandMadeBar[] Waves(int count)
    {
        HandMadeBar[] bars = new HandMadeBar[count];
        decimal open = 100;
        for (int i = 0; i < count; i++)
        {
            decimal close = decimal.Round(100 + (decimal)(10 * Math.Sin(i / 9.0)) + (i * 7 % 5 * 0.21m), 2);
            bars[i] = new HandMadeBar(open, Math.Max(open, close) + 0.4m, Math.Min(open, close) - 0.3m, close, 900 + (i * 37 % 400));
            open = close;
        }

        return bars;
    }
}

using System.Globalization;
using System.Text;
using Harrier.Features;
using Harrier.Features.Levels;

namespace Harrier.Research.Reports;

/// <summary>Draws bars and levels as SVG: prices upwards, bars from left to right, each level from its first touch to the right edge.</summary>
internal static class LevelDrawing
{
    private const double Width = 1200;
    private const double Height = 520;
    private const double Left = 8;
    private const double Right = 150;
    private const double Top = 10;
    private const double Bottom = 26;
    private const int PriceLines = 8;
    private const int TimeLines = 6;
    private const double TagHeight = 13;

    /// <summary>Appends the drawing.</summary>
    public static void AppendTo(StringBuilder html, LevelChartData data)
    {
        Frame frame = Frame.Around(data);
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Bars with support and resistance\">\n");
        AppendGrid(html, data, frame);
        for (int i = 0; i < data.Bars.Count; i++)
        {
            AppendBar(html, data.Bars[i], i, frame);
        }

        AppendLevels(html, data, frame);
        html.Append("</svg>\n");
    }

    private static void AppendGrid(StringBuilder html, LevelChartData data, Frame frame)
    {
        double step = NiceStep((frame.High - frame.Low) / PriceLines);
        string price = "F" + data.Decimals.ToString(CultureInfo.InvariantCulture);
        for (double at = Math.Ceiling(frame.Low / step) * step; at <= frame.High; at += step)
        {
            double y = frame.Y(at);
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + 2}\" y=\"{y - 3:0.#}\">{at.ToString(price, CultureInfo.InvariantCulture)}</text>\n");
        }

        for (int i = 0; i < TimeLines; i++)
        {
            int bar = (int)((long)i * (data.Bars.Count - 1) / Math.Max(1, TimeLines - 1));
            string anchor = i == 0 ? "start" : i == TimeLines - 1 ? "end" : "middle";
            string time = data.Bars[bar].OpenTime.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{frame.X(bar):0.#}\" y=\"{Height - 8}\" text-anchor=\"{anchor}\">{time}</text>\n");
        }
    }

    private static void AppendBar(StringBuilder html, in ClosedBar bar, int index, Frame frame)
    {
        string way = bar.Close >= bar.Open ? "up" : "down";
        double x = frame.X(index);
        double body = Math.Max(1, frame.BarWidth * 0.6);
        double top = frame.Y(Math.Max(bar.Open, bar.Close));
        double height = Math.Max(1, frame.Y(Math.Min(bar.Open, bar.Close)) - top);
        html.Append(CultureInfo.InvariantCulture, $"<g class=\"{way}\"><line x1=\"{x:0.##}\" x2=\"{x:0.##}\" y1=\"{frame.Y(bar.High):0.##}\" y2=\"{frame.Y(bar.Low):0.##}\"/>");
        html.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x - (body / 2):0.##}\" y=\"{top:0.##}\" width=\"{body:0.##}\" height=\"{height:0.##}\"/></g>\n");
    }

    private static void AppendLevels(StringBuilder html, LevelChartData data, Frame frame)
    {
        string price = "F" + data.Decimals.ToString(CultureInfo.InvariantCulture);
        double lastTag = double.NegativeInfinity;
        foreach (LevelQuality one in data.Levels.OrderByDescending(level => level.Level.Price))
        {
            double y = frame.Y(one.Level.Price);
            double from = frame.X(IndexOf(data.Bars, one.Level));
            string kind = one.Level.Kind == LevelKind.Resistance ? "resistance" : "support";
            html.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"level {kind}\" stroke-opacity=\"{0.35 + (0.65 * one.Score):0.##}\" x1=\"{from:0.#}\" x2=\"{Width - Right}\" y1=\"{y:0.##}\" y2=\"{y:0.##}\"/>");

            // Tags of levels that stand close are pushed down, so that each can be read.
            lastTag = Math.Max(y + 4, lastTag + TagHeight);
            string tag = $"{(one.Level.Kind == LevelKind.Resistance ? "R" : "S")} {one.Level.Price.ToString(price, CultureInfo.InvariantCulture)}";
            html.Append(CultureInfo.InvariantCulture, $"<text class=\"tag\" x=\"{Width - Right + 6}\" y=\"{lastTag:0.#}\">{tag} x{one.Level.Touches} {one.Score:0.00}</text>\n");
        }
    }

    private static int IndexOf(IReadOnlyList<ClosedBar> bars, in PriceLevel level)
    {
        for (int i = 0; i < bars.Count; i++)
        {
            if (bars[i].OpenTime >= level.FirstTouch)
            {
                return i;
            }
        }

        return 0;
    }

    // 1, 2 or 5 times a power of ten.
    private static double NiceStep(double step)
    {
        if (!(step > 0))
        {
            return 1;
        }

        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double share = step / magnitude;
        return magnitude * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }

    private sealed record Frame(double Low, double High, int Count)
    {
        public double BarWidth => (Width - Left - Right) / Count;

        public static Frame Around(LevelChartData data)
        {
            double low = data.Bars.Min(bar => bar.Low);
            double high = data.Bars.Max(bar => bar.High);
            double air = high > low ? (high - low) * 0.03 : Math.Abs(high) * 0.01;
            return new Frame(low - air, high + air, data.Bars.Count);
        }

        public double X(int index) => Left + ((index + 0.5) * BarWidth);

        public double Y(double price) => Top + ((High - price) / (High - Low) * (Height - Top - Bottom));
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using Harrier.Research.Metrics;

namespace Harrier.Research.Reports;

/// <summary>Several equity curves over time in one drawing, with their names beside it, for a <see cref="StyledPage"/>.</summary>
internal static class EquityDrawing
{
    private const double Width = 1160;
    private const double Height = 260;
    private const double LabelRoom = 140;
    private const int MostPoints = 2000;

    /// <summary>Appends the drawing.</summary>
    /// <param name="html">The page.</param>
    /// <param name="runs">Name and curve of each.</param>
    /// <param name="start">Equity at the start, drawn as a line.</param>
    public static void Append(StringBuilder html, IReadOnlyList<(string Name, EquityRecorder Equity)> runs, double start)
    {
        EquityPoint[][] curves = [.. runs.Select(run => Thinned(run.Equity.Points))];
        EquityPoint[] all = [.. curves.SelectMany(curve => curve)];
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Equity of each run over time\">\n");
        if (all.Length > 0)
        {
            (double Low, double High) range = (Math.Min(start, (double)all.Min(point => point.Equity)), Math.Max(start, (double)all.Max(point => point.Equity)));
            (double First, double Last) time = (all.Min(point => point.Time.Nanos), all.Max(point => point.Time.Nanos));
            double Y(double equity) => Height - 12 - ((equity - range.Low) / Math.Max(range.High - range.Low, 1e-9) * (Height - 24));
            double X(double nanos) => 4 + ((nanos - time.First) / Math.Max(time.Last - time.First, 1) * (Width - LabelRoom - 8));
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"base\" x1=\"4\" x2=\"{Width - LabelRoom}\" y1=\"{Y(start):0.#}\" y2=\"{Y(start):0.#}\"/>\n");
            for (int i = 0; i < curves.Length; i++)
            {
                string points = string.Join(' ', curves[i].Select(point => FormattableString.Invariant($"{X(point.Time.Nanos):0.#},{Y((double)point.Equity):0.#}")));
                html.Append(CultureInfo.InvariantCulture, $"<polyline class=\"c{i % StyledPage.Colors}\" points=\"{points}\"/>\n");
                html.Append(CultureInfo.InvariantCulture, $"<text class=\"c{i % StyledPage.Colors}\" x=\"{Width - LabelRoom + 8}\" y=\"{24 + (18 * i)}\">{WebUtility.HtmlEncode(runs[i].Name)}</text>\n");
            }
        }

        html.Append("</svg>\n");
    }

    // A screen shows no more, and the last point is the result.
    private static EquityPoint[] Thinned(ReadOnlySpan<EquityPoint> points)
    {
        int step = Math.Max(1, points.Length / MostPoints);
        List<EquityPoint> kept = [];
        for (int i = (points.Length - 1) % step; i >= 0 && i < points.Length; i += step)
        {
            kept.Add(points[i]);
        }

        return [.. kept];
    }
}

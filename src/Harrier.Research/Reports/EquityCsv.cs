using Harrier.Research.Metrics;

namespace Harrier.Research.Reports;

/// <summary>Writes <c>equity.csv</c>: the stored curve with the drawdown from the highest equity of all bars, as a fraction.</summary>
public static class EquityCsv
{
    /// <summary>The first line.</summary>
    public const string Header = "time,equity,cash,position,drawdown";

    /// <summary>Writes header and rows, lines ended by a line feed.</summary>
    public static void Write(EquityRecorder equity, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(equity);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Header + "\n");
        for (int i = 0; i < equity.Points.Length; i++)
        {
            EquityPoint point = equity.Points[i];
            writer.Write(point.Time.ToString());
            writer.Write(',');
            writer.Write(InvariantText.Exact(point.Equity));
            writer.Write(',');
            writer.Write(InvariantText.Exact(point.Cash));
            writer.Write(',');
            writer.Write(InvariantText.Exact(point.Position));
            writer.Write(',');
            writer.Write(InvariantText.Fraction(equity.PointDrawdowns[i]));
            writer.Write('\n');
        }
    }
}

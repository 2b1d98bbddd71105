using System.Text.Json;
using Harrier.Bench.Backtests;
using Harrier.Bench.Books;
using Harrier.Bench.Features;
using Harrier.Bench.Feeds;
using Harrier.Bench.History;
using Harrier.Bench.Indicators;
using Harrier.Bench.Live;
using Harrier.Bench.Markets;
using Harrier.Bench.Matching;
using Harrier.Bench.Orders;
using Harrier.Bench.Reconciliation;
using Harrier.Bench.Recording;
using Harrier.Bench.Replays;
using Harrier.Bench.Service;
using Harrier.Bench.Storage;

namespace Harrier.Bench.Figures;

/// <summary><c>figures [--json] [--option value] [area ...]</c>: quick medians of whole runs, to compare with the anchors.</summary>
public static class FigureRun
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // A new area is one class and one line here.
    private static readonly IFigureArea[] Areas =
    [
        new IndicatorFigures(TimeProvider.System),
        new BacktestFigures(TimeProvider.System),
        new MatchingFigures(TimeProvider.System),
        new BookFigures(TimeProvider.System),
        new PushedBookFigures(TimeProvider.System),
        new FeatureFigures(TimeProvider.System),
        new FeedFigures(TimeProvider.System),
        new FloodFigures(TimeProvider.System),
        new LiveFigures(TimeProvider.System),
        new MarketFigures(TimeProvider.System),
        new ReconcileFigures(TimeProvider.System),
        new OrderFigures(TimeProvider.System),
        new ParquetFigures(TimeProvider.System),
        new RecordFigures(TimeProvider.System),
        new ReplayFigures(TimeProvider.System),
        new ServiceFigures(TimeProvider.System),
        new StoreScanFigures(),
        new TradeBarFigures(TimeProvider.System),
    ];

    /// <summary>Measures the areas named, or all, and prints them.</summary>
    /// <returns>The exit code: 0, or 2 for an unknown area.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        bool json = false;
        List<string> names = [];
        Dictionary<string, string> options = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--json")
            {
                json = true;
            }
            else if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length)
            {
                options[arguments[i][2..]] = arguments[++i];
            }
            else
            {
                names.Add(arguments[i]);
            }
        }

        string? unknown = names.Find(name => !Areas.Any(area => area.Name == name));
        if (unknown is not null)
        {
            Console.Error.WriteLine($"error: figures: {unknown}: one of {string.Join(", ", Areas.Select(area => area.Name))}");
            return 2;
        }

        Figure[] figures = [.. Areas.Where(area => names.Count == 0 || names.Contains(area.Name)).SelectMany(area => area.Measure(options))];
        Print(figures, json);
        return 0;
    }

    private static void Print(Figure[] figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, Indented));
            return;
        }

        foreach (Figure figure in figures)
        {
            string least = figure.LeastRatio is { } fastest ? $" (least {fastest:F2}x)" : string.Empty;
            string ratio = figure.Ratio is { } value ? $"  anchor {figure.Anchor:F2}  {value:F2}x{least}" : string.Empty;
            Console.WriteLine($"{figure.Area,-12}{figure.Name,-58}{figure.Median,9:F2} {figure.Unit} ({figure.Least:F2}-{figure.Most:F2}){ratio}");
        }
    }
}

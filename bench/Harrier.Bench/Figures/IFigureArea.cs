namespace Harrier.Bench.Figures;

/// <summary>A part of the platform that can measure itself in a few seconds. Areas are listed in <see cref="FigureRun"/>.</summary>
public interface IFigureArea
{
    /// <summary>As typed on the command line.</summary>
    string Name { get; }

    /// <summary>Measures everything in the area.</summary>
    /// <param name="options">Command-line options such as <c>--talib</c>, without the dashes.</param>
    IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options);
}

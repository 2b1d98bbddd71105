using System.Text;
using Harrier.Research.Reports;

namespace Harrier.Research.Comparisons;

/// <summary>Writes a comparison: the files of each run in a folder of its name, <c>report.html</c> and <c>comparison.json</c> beside these.</summary>
public static class ComparisonFiles
{
    /// <summary>Name of the file with the figures; it is put in place last.</summary>
    public const string ComparisonName = "comparison.json";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all files, replacing those of an earlier comparison; makes the folder when it is absent.</summary>
    /// <returns>The text of <c>comparison.json</c>.</returns>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static string Write(RunComparison comparison, string folder)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        foreach (ComparedRun run in comparison.Runs)
        {
            ResultFiles.Write(run.Result, Path.Combine(folder, run.Name));
        }

        string text = ComparisonJson.ToText(comparison);
        using FileSet files = new(folder);
        files.Add(ResultFiles.ReportName, stream => stream.Write(Utf8.GetBytes(ComparisonPage.ToText(comparison, run => $"{run.Name}/{ResultFiles.ReportName}"))));
        files.Add(ComparisonName, stream => stream.Write(Utf8.GetBytes(text)));
        files.Commit();
        return text;
    }
}

using System.Text.RegularExpressions;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>Rules on plain text: marks left behind, and paths that exist on one machine only.</summary>
internal static partial class Words
{
    public static IEnumerable<Finding> LeftBehind(SourceFile file) => Matches(file, Marks(), "do it, or write it down where work is planned");

    public static IEnumerable<Finding> WorkplacePaths(SourceFile file) => Matches(file, Workplaces(), "a path of one machine");

    private static IEnumerable<Finding> Matches(SourceFile file, Regex pattern, string advice) =>
        file.Lines.Select((text, index) => (Match: pattern.Match(text), Line: index + 1))
            .Where(l => l.Match.Success)
            .Select(l => new Finding(file.Path, l.Line, $"'{l.Match.Value}': {advice}"));

    // Written with classes of one letter so that this file does not hold the words.
    [GeneratedRegex(@"\b(TOD[O]|FIXM[E]|HAC[K]|XX[X])\b")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?<![\w.\-])/(wor[k]/|far[m]/|tmp/bash_job[s]|home/[a-z]+/)")]
    private static partial Regex Workplaces();
}

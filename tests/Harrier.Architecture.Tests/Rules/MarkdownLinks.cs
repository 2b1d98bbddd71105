using System.Text.RegularExpressions;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>Links of documents lead to files and headings that exist. Addresses on the web are not followed.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<Finding> Broken(SourceFile document, Func<string, SourceFile?> open, Func<string, bool> exists)
    {
        foreach (var (text, line) in Prose(document))
        {
            foreach (var target in Link().Matches(text).Select(m => m.Groups[1].Value).Where(t => !Address().IsMatch(t)))
            {
                var parts = target.Split('#', 2);
                var path = parts[0].Length == 0 ? document.Path : Resolve(document.Path, parts[0]);
                if (!exists(path))
                {
                    yield return new(document.Path, line, $"'{target}': no such file");
                }
                else if (parts.Length == 2 && open(path) is { } page && !Anchors(page).Contains(parts[1], StringComparer.Ordinal))
                {
                    yield return new(document.Path, line, $"'{target}': no such heading in {path}");
                }
            }
        }
    }

    // Code blocks and inline code show links without being any.
    private static IEnumerable<(string Text, int Line)> Prose(SourceFile document)
    {
        var fenced = false;
        foreach (var (text, index) in document.Lines.Select((t, i) => (t, i)))
        {
            if (text.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced)
            {
                yield return (InlineCode().Replace(text, "code"), index + 1);
            }
        }
    }

    private static IEnumerable<string> Anchors(SourceFile page) => page.Lines
        .Where(l => l.StartsWith('#'))
        .Select(l => NotInAnchor().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string Resolve(string from, string target)
    {
        var folders = target.StartsWith('/') ? [] : from.Split('/').SkipLast(1).ToList();
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != "."))
        {
            if (step != "..")
            {
                folders.Add(step);
            }
            else if (folders.Count > 0)
            {
                folders.RemoveAt(folders.Count - 1);
            }
        }

        return string.Join('/', folders);
    }

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}

namespace Harrier.Architecture.Tests;

/// <summary>A place that breaks a rule, and what to do about it.</summary>
internal sealed record Finding(string Path, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{Path}:{Line}: {Message}" : $"{Path}: {Message}";
}

/// <summary>How a rule's findings become a failed test: all of them, one per line.</summary>
internal static class FindingAssertions
{
    public static void ShouldBeClean(this IEnumerable<Finding> findings)
    {
        var lines = findings.Select(f => f.ToString()).ToList();
        lines.ShouldBeEmpty(string.Join('\n', lines));
    }
}

using System.Globalization;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>The known excesses. An entry may shrink or go, never grow or be added: what the tree no longer needs must leave the list.</summary>
internal static class Ratchet
{
    public const string FileName = "tests/Harrier.Architecture.Tests/ratchet.txt";

    /// <summary>Reads lines of <c>rule path subject value</c>; <c>#</c> starts a comment.</summary>
    public static IReadOnlyList<Excess> Parse(IEnumerable<string> lines) =>
    [
        .. lines.Select(l => l.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length > 0)
            .Select(p => p.Length == 4
                ? new Excess(p[0], p[1], p[2], int.Parse(p[3], CultureInfo.InvariantCulture))
                : throw new FormatException($"{FileName}: '{string.Join(' ', p)}': four columns: rule path subject value")),
    ];

    public static IEnumerable<Finding> Compare(IEnumerable<Excess> found, IEnumerable<Excess> allowed)
    {
        var now = Index(found);
        var before = Index(allowed);
        foreach (var (key, value) in now)
        {
            if (!before.TryGetValue(key, out var limit))
            {
                yield return new(key.Path, 0, $"{key.Rule}: {key.Subject} has {value}: make it smaller");
            }
            else if (value > limit)
            {
                yield return new(key.Path, 0, $"{key.Rule}: {key.Subject} grew from {limit} to {value}: the ratchet only shrinks");
            }
            else if (value < limit)
            {
                yield return new(key.Path, 0, $"{key.Rule}: {key.Subject} shrank to {value}: lower {limit} in {FileName}");
            }
        }

        foreach (var (key, _) in before.Where(b => !now.ContainsKey(b.Key)))
        {
            yield return new(FileName, 0, $"{key.Rule} {key.Path} {key.Subject}: no longer needed: remove the line");
        }
    }

    // Overloads share a name; the largest stands for them.
    private static Dictionary<(string Rule, string Path, string Subject), int> Index(IEnumerable<Excess> excesses) =>
        excesses.GroupBy(e => (e.Rule, e.Path, e.Subject)).ToDictionary(g => g.Key, g => g.Max(e => e.Value));
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Harrier.Architecture.Tests;

/// <summary>The table of faults and their tests in the documents is complete, and every test that it names exists.</summary>
public sealed partial class FaultTableTests
{
    private const int Faults = 33;

    [Fact]
    public void EveryFault_HasARowWhoseTestsExist()
    {
        string[] rows = [.. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reconciliation.md")).Where(static l => Row().IsMatch(l))];
        rows.Select(static r => r[2..5]).ShouldBe(Enumerable.Range(1, Faults).Select(static n => n.ToString("'F'00", CultureInfo.InvariantCulture)));

        HashSet<string> tests = [.. Repository.CSharp("tests/").SelectMany(static f => Method().Matches(f.Text)).Select(static m => m.Groups[1].Value)];
        foreach (string row in rows)
        {
            string number = row[2..5];
            string[] named = [.. Quoted().Matches(row).Select(static m => m.Groups[1].Value)];
            named.ShouldNotBeEmpty(row);
            named.ShouldAllBe(name => name.Contains(number, StringComparison.Ordinal) && tests.Contains(name), row);
        }
    }

    [GeneratedRegex(@"\b(?:void|Task) (F\d\d_\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"^\| F\d\d ")]
    private static partial Regex Row();

    [GeneratedRegex("`(F[0-9A-Za-z_]+)`")]
    private static partial Regex Quoted();
}

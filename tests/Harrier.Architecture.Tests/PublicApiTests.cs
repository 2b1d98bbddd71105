using Harrier.Architecture.Tests.PublicApi;

namespace Harrier.Architecture.Tests;

/// <summary>
/// Strategies, indicators and adapters are written against these three assemblies, so their surface changes only on purpose.
/// Run the tests with HARRIER_UPDATE_GOLDEN=1 to write the files anew, and read the difference before committing it.
/// </summary>
public sealed class PublicApiTests
{
    private const string Switch = "HARRIER_UPDATE_GOLDEN";

    [Theory]
    [InlineData("Harrier.Domain")]
    [InlineData("Harrier.Features")]
    [InlineData("Harrier.Engine")]
    public void Surface_Assembly_IsTheGoldenText(string project)
    {
        var path = Path.Combine(Repository.Root, "tests", "Harrier.Architecture.Tests", "PublicApi", project + ".txt");
        var actual = ApiText.Of(Assemblies.All[project]);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(path, actual);
        }

        var golden = File.Exists(path) ? File.ReadAllText(path) : "";
        var (before, after) = (Members(golden), Members(actual));
        var changes = before.Except(after).Select(l => "- " + l).Concat(after.Except(before).Select(l => "+ " + l)).ToList();
        changes.ShouldBeEmpty($"the public surface of {project} changed; if on purpose, run with {Switch}=1:\n{string.Join('\n', changes)}");
        actual.ShouldBe(golden);
    }

    [Fact]
    public void Of_Sample_WritesEverySignature()
    {
        ApiText.Heading(typeof(Sample<>)).ShouldBe("abstract class Harrier.Architecture.Tests.PublicApiTests.Sample<T> : IFormattable");
        MemberText.Of(typeof(Sample<>)).ShouldBe(
        [
            "abstract void Update(in T value, params int[] more)",
            "const int Limit = 3",
            "int this[int index] { get; }",
            "override string ToString()",
            "protected Sample(string? name = default, DayOfWeek day = Friday)",
            "required IReadOnlyList<string?> Items { get; init; }",
            "static PublicApiTests.Sample<T>? Parse(ReadOnlySpan<byte> text, out int used)",
            "static int Count(params ReadOnlySpan<int> values)",
            "string? Name { get; }",
            "virtual string ToString(string? format, IFormatProvider? formatProvider)",
        ]);
    }

    // Each member with its type in front, so that a difference reads alone.
    private static List<string> Members(string text)
    {
        var members = new List<string>();
        var type = "";
        foreach (var line in text.Split('\n').Where(l => l.Length > 0))
        {
            if (!line.StartsWith(' '))
            {
                type = line.Split(" : ")[0].Split(' ').First(w => w.StartsWith("Harrier.", StringComparison.Ordinal));
            }

            members.Add(line.StartsWith(' ') ? $"{type}: {line.Trim()}" : line);
        }

        return members;
    }

    public abstract class Sample<T> : IFormattable
        where T : struct
    {
        public const int Limit = 3;

        protected Sample(string? name = null, DayOfWeek day = DayOfWeek.Friday) => Name = name + day;

        public string? Name { get; }

        public required IReadOnlyList<string?> Items { get; init; }

        public int this[int index] => index;

        public static Sample<T>? Parse(ReadOnlySpan<byte> text, out int used)
        {
            used = text.Length;
            return null;
        }

        public abstract void Update(in T value, params int[] more);

        public override string ToString() => "sample";

        public static int Count(params ReadOnlySpan<int> values) => values.Length;

        public virtual string ToString(string? format, IFormatProvider? formatProvider) => "sample";

        internal string Hidden() => Name ?? "hidden";
    }

    internal sealed class Derived : Sample<int>
    {
        public override void Update(in int value, params int[] more)
        {
        }
    }
}

namespace Harrier.Architecture.Tests.Rules;

public sealed class MarkdownLinksTests
{
    private static readonly SourceFile _page = SourceFile.Sample("docs/page.md", "# The page\n## What, and why?\n");

    [Theory]
    [InlineData("[x](docs/page.md)", true)]
    [InlineData("[x](docs/page.md#what-and-why)", true)]
    [InlineData("[x](./docs/../docs/page.md \"title\")", true)]
    [InlineData("[x](https://example.com/gone.md)", true)]
    [InlineData("`[x](gone.md)`", true)]
    [InlineData("```\n[x](gone.md)\n```", true)]
    [InlineData("[x](gone.md)", false)]
    [InlineData("[x](docs/page.md#gone)", false)]
    [InlineData("[x](#gone)", false)]
    [InlineData("![x](docs/gone.png)", false)]
    public void Broken_Link_LeadsToAFileAndAHeading(string text, bool clean)
    {
        var start = SourceFile.Sample("README.md", text);
        SourceFile[] all = [start, _page];

        var found = MarkdownLinks.Broken(start, p => Array.Find(all, f => f.Path == p), p => all.Any(f => f.Path == p));

        found.Any().ShouldBe(!clean);
    }
}

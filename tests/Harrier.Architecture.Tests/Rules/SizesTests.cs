namespace Harrier.Architecture.Tests.Rules;

public sealed class SizesTests
{
    [Theory]
    [InlineData(400, 0)]
    [InlineData(401, 1)]
    public void Of_FileLines_LimitIs400(int lines, int findings) =>
        Sizes.Of(SourceFile.Sample("web/src/a.ts", string.Concat(Enumerable.Repeat("x\n", lines)))).Count().ShouldBe(findings);

    [Theory]
    [InlineData(50, 0)]
    [InlineData(51, 1)]
    public void Of_MethodLines_LimitIs50WithoutDocumentationAndAttributes(int lines, int findings)
    {
        var body = string.Concat(Enumerable.Repeat("        Go();\n", lines - 3));
        var text = $"class A\n{{\n    /// <summary>One.</summary>\n    [Fact]\n    void Go()\n    {{\n{body}    }}\n}}\n";

        var found = Sizes.Of(SourceFile.Sample("src/A.cs", text)).ToList();

        found.Count.ShouldBe(findings);
        found.ShouldAllBe(e => e == new Excess("method-lines", "src/A.cs", "A.Go", 51));
    }

    [Theory]
    [InlineData("class A { void Go(int a, int b, int c, int d, int e) { } }", null)]
    [InlineData("class A { void Go(int a, int b, int c, int d, int e, int f) { } }", "A.Go")]
    [InlineData("class A { A(int a, int b, int c, int d, int e, int f) { } }", "A.ctor")]
    [InlineData("class A { void Go() { void Inner(int a, int b, int c, int d, int e, int f) { } } }", "A.Go.Inner")]
    [InlineData("class A(int a, int b, int c, int d, int e, int f);", "A")]
    [InlineData("delegate void A(int a, int b, int c, int d, int e, int f);", "A")]
    [InlineData("record A(int a, int b, int c, int d, int e, int f);", null)]
    public void Of_Parameters_LimitIsFiveExceptForRecords(string text, string? subject)
    {
        var found = Sizes.Of(SourceFile.Sample("src/A.cs", text)).ToList();

        found.ShouldBe(subject is null ? [] : [new Excess("parameters", "src/A.cs", subject, 6)]);
    }
}

namespace Harrier.Architecture.Tests.Rules;

public sealed class CommentsTests
{
    [Theory]
    [InlineData("// return total;")]
    [InlineData("// Update(in bar);")]
    [InlineData("// var total = 1;")]
    [InlineData("// if (total > 1) {")]
    [InlineData("// public int Total { get; } = Count(1);")]
    [InlineData("/* total += 1; */")]
    public void CommentedOutCode_Code_IsFound(string comment) =>
        Comments.CommentedOutCode(SourceFile.Sample("a.cs", $"class A\n{{\n    void Go()\n    {{\n        {comment}\n    }}\n}}\n")).ShouldHaveSingleItem().Line.ShouldBe(5);

    [Theory]
    [InlineData("// The first value is the seed;")]
    [InlineData("// see below;")]
    [InlineData("// Wilder (1978): a = 1 / n")]
    [InlineData("// O(n) per bar; the window is short")]
    [InlineData("/// <c>return total;</c>")]
    public void CommentedOutCode_Prose_IsNot(string comment) => Comments.CommentedOutCode(SourceFile.Sample("a.cs", comment + "\nclass A;\n")).ShouldBeEmpty();

    [Fact]
    public void Regions_Region_IsFound() => Comments.Regions(SourceFile.Sample("a.cs", "#region A\nclass A;\n#endregion\n")).ShouldHaveSingleItem().Line.ShouldBe(1);
}

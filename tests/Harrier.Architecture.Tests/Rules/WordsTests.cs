namespace Harrier.Architecture.Tests.Rules;

public sealed class WordsTests
{
    [Theory]
    [InlineData("// TO" + "DO: later", true)]
    [InlineData("/* FIX" + "ME */", true)]
    [InlineData("// HA" + "CK", true)]
    [InlineData("// Todos is Spanish for all", false)]
    public void LeftBehind_Marks_AreFound(string text, bool found) => Words.LeftBehind(SourceFile.Sample("a.cs", "\n" + text)).Any(f => f.Line == 2).ShouldBe(found);

    [Theory]
    [InlineData("see /wo" + "rk/shared/data", true)]
    [InlineData("\"/tmp/bash" + "_jobs.0/x\"", true)]
    [InlineData("cd /ho" + "me/someone/harrier", true)]
    [InlineData("../shared/data and src/wo" + "rk/x", false)]
    [InlineData("https://example.com/wo" + "rk/x", false)]
    public void WorkplacePaths_AbsoluteOnes_AreFound(string text, bool found) => Words.WorkplacePaths(SourceFile.Sample("a.md", text)).Any().ShouldBe(found);
}

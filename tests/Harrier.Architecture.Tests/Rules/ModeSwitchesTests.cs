namespace Harrier.Architecture.Tests.Rules;

public sealed class ModeSwitchesTests
{
    [Theory]
    [InlineData("if (mode == Mode.Live) { }", true)]
    [InlineData("if (bot.Mode is Mode.Paper or Mode.Live) { }", true)]
    [InlineData("switch (_mode) { }", true)]
    [InlineData("var x = options.RunMode switch { _ => 1 };", true)]
    [InlineData("if (account.IsLive) { }", true)]
    [InlineData("if (model == other) { }", false)]
    [InlineData("var mode = Mode.Live;", false)]
    public void OutsideComposition_Question_IsFound(string statement, bool found)
    {
        var text = $"class A {{ void Go() {{ {statement} }} }}";

        ModeSwitches.OutsideComposition(SourceFile.Sample("src/Harrier.Engine/A.cs", text)).Any().ShouldBe(found);
        ModeSwitches.OutsideComposition(SourceFile.Sample("src/Harrier.Cli/Composition/A.cs", text)).ShouldBeEmpty();
    }
}

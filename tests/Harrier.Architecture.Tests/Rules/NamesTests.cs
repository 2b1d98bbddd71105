namespace Harrier.Architecture.Tests.Rules;

public sealed class NamesTests
{
    [Theory]
    [InlineData("src/A/StringUtils.cs", "class A;", true)]
    [InlineData("src/Common/A.cs", "class A;", true)]
    [InlineData("src/A.cs", "class PriceHelper;", true)]
    [InlineData("src/A.cs", "interface IRiskManager;", true)]
    [InlineData("src/A.cs", "enum VenueImpl;", true)]
    [InlineData("src/Execution/OrderManager.cs", "class OrderManager;", false)]
    [InlineData("src/Harrier.Domain/A.cs", "class CommonalityImplied;", false)]
    public void EmptyNames_FilesFoldersAndTypes_AreFound(string path, string text, bool found) =>
        Names.EmptyNames(SourceFile.Sample(path, text)).Any().ShouldBe(found);

    [Theory]
    [InlineData("class A;", "A")]
    [InlineData("record A;", "A")]
    [InlineData("class A; sealed class B : A;", null)]
    [InlineData("sealed class A;", null)]
    [InlineData("abstract class A;", null)]
    [InlineData("static class A { }", null)]
    [InlineData("record struct A;", null)]
    [InlineData("sealed partial class A; partial class A;", null)]
    [InlineData("class A<T>; sealed class B : N.A<int>;", null)]
    public void OpenClasses_NothingDerives_IsFound(string text, string? name)
    {
        var found = Names.OpenClasses([SourceFile.Sample("a.cs", text)]).Select(f => f.Message).ToList();

        found.ShouldBe(name is null ? [] : [$"'{name}': sealed, until something derives from it"]);
    }
}

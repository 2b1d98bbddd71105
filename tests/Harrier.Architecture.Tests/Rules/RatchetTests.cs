namespace Harrier.Architecture.Tests.Rules;

public sealed class RatchetTests
{
    private static readonly Excess _known = new("method-lines", "src/A.cs", "A.Go", 60);

    [Fact]
    public void Compare_SameAsListed_IsClean() => Ratchet.Compare([_known], [_known]).ShouldBeEmpty();

    [Fact]
    public void Compare_NotListed_Fails() => Ratchet.Compare([_known], []).ShouldHaveSingleItem().Message.ShouldEndWith("make it smaller");

    [Fact]
    public void Compare_Grown_Fails() =>
        Ratchet.Compare([_known with { Value = 61 }], [_known]).ShouldHaveSingleItem().Message.ShouldContain("grew from 60 to 61");

    [Fact]
    public void Compare_Shrunk_AsksToLowerTheEntry() =>
        Ratchet.Compare([_known with { Value = 55 }], [_known]).ShouldHaveSingleItem().Message.ShouldContain("lower 60");

    [Fact]
    public void Compare_Stale_AsksToRemoveTheEntry() => Ratchet.Compare([], [_known]).ShouldHaveSingleItem().Message.ShouldContain("remove the line");

    [Fact]
    public void Parse_CommentsAndEntries_ReadsEntries() =>
        Ratchet.Parse(["# why", "", "method-lines src/A.cs A.Go 60 # reason"]).ShouldHaveSingleItem().ShouldBe(_known);

    [Fact]
    public void Parse_MissingColumn_Throws() => Should.Throw<FormatException>(() => Ratchet.Parse(["method-lines src/A.cs 60"]));
}

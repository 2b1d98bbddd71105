using Harrier.Architecture.Tests.Rules;

namespace Harrier.Architecture.Tests;

/// <summary>The rules of the house over every written file. What each rule refuses is shown in the tests under Rules.</summary>
public sealed class TidyTests
{
    [Fact]
    public void Sizes_WholeTree_MatchTheRatchet() =>
        Ratchet.Compare(Repository.Code.SelectMany(Sizes.Of), Ratchet.Parse(File.ReadLines(Path.Combine(Repository.Root, Ratchet.FileName)))).ShouldBeClean();

    [Fact]
    public void Marks_WholeTree_NothingLeftBehind() => Repository.Code.SelectMany(Words.LeftBehind).ShouldBeClean();

    [Fact]
    public void Paths_WholeTree_NoneOfOneMachine() => Repository.AllText().SelectMany(Words.WorkplacePaths).ShouldBeClean();

    [Fact]
    public void Comments_WholeTree_HoldNoCode() => Repository.CSharp().SelectMany(Comments.CommentedOutCode).ShouldBeClean();

    [Fact]
    public void Regions_WholeTree_None() => Repository.CSharp().SelectMany(Comments.Regions).ShouldBeClean();

    [Fact]
    public void Names_WholeTree_SaySomething() => Repository.Code.SelectMany(Names.EmptyNames).ShouldBeClean();

    [Fact]
    // BenchmarkDotNet derives from the classes it measures.
    public void Classes_SrcAndTests_SealedUnlessDerivedFrom() => Names.OpenClasses([.. Repository.CSharp().Where(f => !f.Path.StartsWith("bench/", StringComparison.Ordinal))]).ShouldBeClean();

    [Fact]
    public void VenueNames_Src_OnlyInTheirOwnProjects() => Repository.CSharp("src/").SelectMany(VenueNames.OutOfPlace).ShouldBeClean();

    [Fact]
    public void ModeSwitches_Src_OnlyInComposition() => Repository.CSharp("src/").SelectMany(ModeSwitches.OutsideComposition).ShouldBeClean();

    [Fact]
    public void Links_Documents_LeadSomewhere()
    {
        var documents = Repository.AllText().Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal)).ToDictionary(f => f.Path, StringComparer.Ordinal);
        documents.Values.SelectMany(d => MarkdownLinks.Broken(d, documents.GetValueOrDefault, p => Path.Exists(Path.Combine(Repository.Root, p)))).ShouldBeClean();
    }

    [Fact]
    public void LockFiles_EveryProject_HaveNotDrifted()
    {
        var locks = Repository.AllText().Where(f => f.Path.EndsWith("/packages.lock.json", StringComparison.Ordinal)).ToList();
        locks.ShouldNotBeEmpty();
        locks.SelectMany(LockFiles.Drift).ShouldBeClean();
    }

    [Fact]
    public void Code_WholeTree_IsFound() => Repository.Code.ShouldContain(f => f.Path == "src/Harrier.Cli/Program.cs");
}

namespace Harrier.Architecture.Tests.Rules;

public sealed class ProjectReferencesTests
{
    [Theory]
    [InlineData("Harrier.Engine", "Harrier.Domain", true)]
    [InlineData("Harrier.Research", "Harrier.Domain", true)]
    [InlineData("Harrier.Engine", "Harrier.Simulation", false)]
    [InlineData("Harrier.Domain", "Harrier.Features", false)]
    [InlineData("Harrier.Strategies", "Harrier.Storage", false)]
    [InlineData("Harrier.Unheard", "Harrier.Domain", false)]
    public void Forbidden_Reference_PointsInwards(string project, string reference, bool clean)
    {
        var file = SourceFile.Sample(
            $"src/{project}/{project}.csproj",
            $"<Project><ItemGroup><ProjectReference Include=\"../{reference}/{reference}.csproj\" /></ItemGroup></Project>");

        ProjectReferences.Forbidden(file).Any().ShouldBe(!clean);
    }
}

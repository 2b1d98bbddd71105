using System.Reflection;
using Harrier.Architecture.Tests.Rules;

namespace Harrier.Architecture.Tests;

/// <summary>Who may know whom, read from the project files and once more from what the compiler made of them.</summary>
public sealed class DirectionTests
{
    // Interfaces of Domain and Features that say what a thing can do; they are no doors to the world.
    private static readonly string[] _capabilities = ["IStateful", "IIndicator", "IPriceIndicator", "IPredictor"];

    private static readonly string[] _inner = ["Harrier.Domain", "Harrier.Features", "Harrier.Engine"];

    [Fact]
    public void ProjectFiles_Src_ReferenceOnlyInwards() => Repository.Under("src")
        .Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .SelectMany(ProjectReferences.Forbidden)
        .ShouldBeClean();

    [Fact]
    public void Assemblies_Src_ReferenceOnlyInwards() => Assemblies.All
        .SelectMany(a => ProjectReferences.Forbidden(a.Key, a.Key, a.Value.GetReferencedAssemblies()
            .Where(r => r.Name!.StartsWith("harrier", StringComparison.OrdinalIgnoreCase)).Select(Assemblies.ProjectOf)))
        .ShouldBeClean();

    [Fact]
    public void Assemblies_Src_AllLoaded() => Assemblies.All.Keys.ShouldBe(ProjectReferences.Projects, ignoreOrder: true);

    [Fact]
    public void Interfaces_ImplementedByOuterProjects_AreEnginePorts() =>
        Types.PortsOutsideEngine(Assemblies.All.Where(a => !_inner.Contains(a.Key)).SelectMany(a => a.Value.GetTypes()), _capabilities).ShouldBeClean();

    [Theory]
    [InlineData("IVenue")]
    [InlineData("IConversionVenue")]
    [InlineData("IJournal")]
    public void Port_WhereItExists_IsAnInterfaceOfTheEngine(string name)
    {
        var found = Assemblies.All.Values.SelectMany(a => a.GetTypes()).Where(t => t.Name == name).ToList();
        found.ShouldAllBe(t => t.IsInterface && t.Assembly == Assemblies.Engine);
    }

    [Fact]
    public void Domain_Properties_CannotBeSet() => Types.PublicSetters(Assemblies.Domain.GetTypes()).ShouldBeClean();

    [Fact]
    public void ApprovedOrder_Engine_OnlyRiskMakesIt()
    {
        var approved = Array.Find(Assemblies.Engine.GetTypes(), t => t.Name == "ApprovedOrder");
        if (approved is null)
        {
            Assert.Skip("Harrier.Engine has no ApprovedOrder yet");
        }

        // A restored order was approved before the snapshot was taken.
        approved.Namespace.ShouldBe("Harrier.Engine.Risk");
        Types.MadeOutsideNamespace(approved, "Order.Restore").ShouldBeClean();
    }

    [Fact]
    public void Engine_Internals_AreSeenByTestsOnly() => Assemblies.Engine
        .GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
        .ShouldAllBe(a => a.AssemblyName.EndsWith("Tests", StringComparison.Ordinal));
}

using System.Reflection;
using System.Runtime.Loader;

namespace Harrier.Cli.UserStrategies;

/// <summary>Holds a compiled user assembly and goes away with it. The assemblies it refers to are those of the program.</summary>
internal sealed class UserStrategyContext() : AssemblyLoadContext("user strategies", isCollectible: true)
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => null;
}

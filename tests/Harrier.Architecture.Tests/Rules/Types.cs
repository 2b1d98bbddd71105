using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Harrier.Architecture.Tests.Rules;

/// <summary>Rules on compiled types.</summary>
internal static class Types
{
    private const byte NewObject = 0x73;

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Properties that anyone may set at any time. <c>init</c> is fine.</summary>
    public static IEnumerable<Finding> PublicSetters(IEnumerable<Type> types) =>
        from type in types
        where type.IsVisible
        from property in type.GetProperties(Declared)
        where property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
        select new Finding(type.FullName!, 0, $"{property.Name} has a public setter: values of the domain do not change; use init");

    /// <summary>
    /// Interfaces of the inner rings that an outer project implements. Such a door to the world is a port, and ports live in the Engine.
    /// A capability only says what a thing can do, and anyone may have it.
    /// </summary>
    public static IEnumerable<Finding> PortsOutsideEngine(IEnumerable<Type> outerTypes, params string[] capabilities) =>
        outerTypes.SelectMany(t => t.GetInterfaces().Select(i => (Type: t, Port: i.IsGenericType ? i.GetGenericTypeDefinition() : i)))
            .Where(p => p.Port.Assembly.GetName().Name is "Harrier.Domain" or "Harrier.Features")
            .Where(p => !capabilities.Contains(p.Port.Name.Split('`')[0], StringComparer.Ordinal))
            .Select(p => new Finding(p.Port.FullName!, 0, $"{p.Type.Name} implements it from outside: a port belongs in Harrier.Engine"));

    /// <summary>What lets a type be made by anyone but its own namespace: an open constructor, a copy, or a call.</summary>
    /// <param name="made">The type to guard.</param>
    /// <param name="allowed">Methods that may make it all the same: <c>Type.Method</c>.</param>
    public static IEnumerable<Finding> MadeOutsideNamespace(Type made, params string[] allowed)
    {
        var constructors = made.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        foreach (var constructor in constructors.Where(c => c.IsPublic || c.IsFamily || c.IsFamilyOrAssembly))
        {
            yield return new(made.FullName!, 0, $"{constructor}: must be internal or private");
        }

        if (made.GetMethod("<Clone>$") is not null)
        {
            yield return new(made.FullName!, 0, "a record can be copied with other values: make it a class");
        }

        if (!made.IsSealed)
        {
            yield return new(made.FullName!, 0, "must be sealed");
        }

        var tokens = constructors.Select(c => c.MetadataToken).ToHashSet();
        foreach (var caller in made.Assembly.GetTypes().Where(t => t.Namespace != made.Namespace))
        {
            var methods = caller.GetMethods(Declared).Cast<MethodBase>().Concat(caller.GetConstructors(Declared));
            foreach (var method in methods.Where(m => Creates(m, tokens) && !allowed.Contains($"{caller.Name}.{m.Name}", StringComparer.Ordinal)))
            {
                yield return new(caller.FullName!, 0, $"{method.Name} makes a {made.Name}: only {made.Namespace} may");
            }
        }
    }

    // The instruction is one byte and the token of the constructor: a pattern that other bytes do not form by accident.
    private static bool Creates(MethodBase method, HashSet<int> constructors)
    {
        ReadOnlySpan<byte> code = method.GetMethodBody()?.GetILAsByteArray();
        for (var i = 0; i + 5 <= code.Length; i++)
        {
            if (code[i] == NewObject && constructors.Contains(BinaryPrimitives.ReadInt32LittleEndian(code[(i + 1)..])))
            {
                return true;
            }
        }

        return false;
    }
}

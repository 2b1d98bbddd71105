using System.Reflection;

namespace Harrier.Architecture.Tests.PublicApi;

/// <summary>Types as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>With nullability where it is known: <c>IReadOnlyList&lt;string?&gt;</c>.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        return (_keywords.TryGetValue(type, out var keyword) ? keyword : Named(type, nullability)) + mark;
    }

    private static string Named(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter || type.IsPointer || type.IsFunctionPointer)
        {
            return type.Name;
        }

        var outer = type.DeclaringType is { } declaring ? Of(declaring) + "." : "";
        var name = outer + type.Name.Split('`')[0];
        var arguments = type.GetGenericArguments();
        return arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select((a, i) => Of(a, ArgumentOf(nullability, i))))}>";
    }

    private static NullabilityInfo? ArgumentOf(NullabilityInfo? nullability, int index) =>
        nullability is not null && index < nullability.GenericTypeArguments.Length ? nullability.GenericTypeArguments[index] : null;
}

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Harrier.Architecture.Tests.PublicApi;

/// <summary>The public surface of an assembly as text: types in ordinal order, their members below them.</summary>
internal static class ApiText
{
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetTypes().Where(t => t.IsVisible && !t.IsDefined(typeof(CompilerGeneratedAttribute))).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var member in MemberText.Of(type))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Such as <c>readonly record struct Harrier.Domain.Timestamp : IComparable&lt;Timestamp&gt;</c>.</summary>
    public static string Heading(Type type)
    {
        var record = type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute)) ? "record " : "";
        var kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType ? $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{record}struct"
            : $"{ClassModifier(type)}{record}class";
        var bases = Bases(type).ToList();
        return $"{kind} {type.Namespace}.{TypeNames.Of(type)}{(bases.Count == 0 ? "" : " : " + string.Join(", ", bases))}";
    }

    private static string ClassModifier(Type type) =>
        type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return [TypeNames.Of(Enum.GetUnderlyingType(type))];
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        var parent = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? new[] { TypeNames.Of(b) } : [];
        var inherited = type.GetInterfaces().SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        return parent.Concat(type.GetInterfaces().Where(i => i.IsVisible && !inherited.Contains(i) && !IsOwnEquality(i, type))
            .Select(i => TypeNames.Of(i)).Order(StringComparer.Ordinal));
    }

    // Every record has it.
    private static bool IsOwnEquality(Type contract, Type type) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>) && contract.GenericTypeArguments[0] == type;
}

using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Harrier.Architecture.Tests.PublicApi;

/// <summary>One line for each member that code outside the assembly can see.</summary>
internal static class MemberText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(f => $"{f.Name} = {Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [Method(type.GetMethod("Invoke")!)];
        }

        return type.GetConstructors(Declared).Where(c => IsSeen(c) && !IsGenerated(c)).Select(Constructor)
            .Concat(type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !IsGenerated(f)).Select(Field))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsSeen) && !IsGenerated(p)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => IsSeen(e.AddMethod!)).Select(e => $"event {TypeNames.Of(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(m => IsSeen(m) && !IsGenerated(m) && !IsAccessor(m)).Select(Method))
            .Order(StringComparer.Ordinal);
    }

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    private static string Field(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return $"{kind}{TypeNames.Of(field.FieldType, Nullability(c => c.Create(field)))} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (property.GetMethod is { } get && IsSeen(get))
        {
            accessors.Add("get;");
        }

        if (property.SetMethod is { } set && IsSeen(set))
        {
            accessors.Add(set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;");
        }

        var any = property.GetAccessors(nonPublic: true).First(IsSeen);
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        return $"{Access(any)}{Modifiers(any)}{required}{TypeNames.Of(property.PropertyType, Nullability(c => c.Create(property)))} {name} {{ {string.Join(' ', accessors)} }}";
    }

    private static string Method(MethodInfo method)
    {
        var type = TypeNames.Of(method.ReturnType, Nullability(c => c.Create(method.ReturnParameter)));
        var reference = method.ReturnType.IsByRef ? (IsReadOnlyReference(method.ReturnParameter) ? "ref readonly " : "ref ") : "";
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        return $"{Access(method)}{Modifiers(method)}{reference}{type} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passed = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : "ref ";
        var fallback = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "";
        return $"{passed}{TypeNames.Of(parameter.ParameterType, Nullability(c => c.Create(parameter)))} {parameter.Name}{fallback}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? (method.IsAbstract ? "static abstract " : "static ")
        : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : !method.IsVirtual || (method.IsFinal && method.GetBaseDefinition() == method) ? ""
        : method.GetBaseDefinition() != method ? "override "
        : "virtual ";

    // The context caches and is not safe for threads; a fresh one costs little here.
    private static NullabilityInfo Nullability(Func<NullabilityInfoContext, NullabilityInfo> create) => create(new NullabilityInfoContext());

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler adds to records says nothing that the word "record" does not say.
    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsReadOnlyReference(ParameterInfo parameter) =>
        parameter.GetRequiredCustomModifiers().Any(m => m.Name == "InAttribute");
}

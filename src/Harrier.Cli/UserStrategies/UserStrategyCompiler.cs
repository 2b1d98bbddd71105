using System.Reflection;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Harrier.Cli.UserStrategies;

/// <summary>
/// Compiles strategies that users wrote into an assembly that can be unloaded. They see the framework, the domain, the features and the
/// engine, and nothing else of Harrier.
/// </summary>
public static class UserStrategyCompiler
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using Harrier.Domain;
        global using Harrier.Engine;
        global using Harrier.Engine.Execution;
        global using Harrier.Engine.Portfolio;
        global using Harrier.Engine.Strategies;
        global using Harrier.Features;
        global using Harrier.Features.Indicators;
        global using Harrier.Features.Microstructure;
        """;

    // What code on the engine's thread can use, and what is refused with a reason instead of as an unknown name.
    private static readonly string[] Framework =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Numerics.Vectors", "System.Runtime.Numerics",
        "System.Runtime.Extensions", "System.Console", "System.IO.FileSystem", "System.Net.Http", "System.Net.Primitives", "System.Diagnostics.Process",
        "System.Threading", "System.Threading.Tasks.Parallel", "System.Threading.Thread", "System.Linq.Parallel", "System.Security.Cryptography",
        "System.Runtime.InteropServices", "System.Reflection", "netstandard",
    ];

    /// <summary>Compiles files together, so that they may share code, and loads the result.</summary>
    /// <param name="files">One or more.</param>
    /// <param name="builtInKeys">Keys that are taken.</param>
    /// <returns>The assembly; it lives as long as something refers to it.</returns>
    /// <exception cref="StrategyInputException">
    /// The code does not compile, uses what would make a backtest random, or holds no strategy that the catalog can list. Every fault has its
    /// place as <c>file(line,column)</c>.
    /// </exception>
    public static Assembly Compile(IReadOnlyList<UserStrategyFile> files, IReadOnlySet<string> builtInKeys) => Load(Image(files, builtInKeys));

    /// <summary>The assemblies of Harrier that strategies see.</summary>
    internal static IEnumerable<Assembly> Parts => new[] { typeof(Instrument), typeof(Ohlcv), typeof(Strategy) }.Select(static type => type.Assembly);

    /// <summary>Loads a compiled assembly.</summary>
    internal static Assembly Load(byte[] image)
    {
        using MemoryStream stream = new(image);
        return new UserStrategyContext().LoadFromStream(stream);
    }

    /// <summary>Compiles and checks files together.</summary>
    /// <exception cref="StrategyInputException">As <see cref="Compile"/> says.</exception>
    internal static byte[] Image(IReadOnlyList<UserStrategyFile> files, IReadOnlySet<string> builtInKeys)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "UserStrategies",
            [CSharpSyntaxTree.ParseText(GlobalUsings), .. files.Select(Parse)],
            References(),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                deterministic: true));
        UserStrategyFaults faults = new();
        StrategyClassRules classes = new(builtInKeys);
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Skip(1))
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            DeterminismRules.Check(model, faults);
            classes.Check(model, faults);
        }

        byte[]? image = Emit(compilation, faults);
        if (faults.Any || image is null)
        {
            throw faults.ToException();
        }

        if (classes.Count == 0)
        {
            throw new StrategyInputException(new StrategyFault(
                UserStrategyFile.Field, string.Join(", ", files.Select(file => file.Name)), "a class with [StrategyKey] that derives from Strategy"));
        }

        CheckListing(Load(image), classes);
        return image;
    }

    private static SyntaxTree Parse(UserStrategyFile file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), path: file.Name);

    private static IEnumerable<MetadataReference> References()
    {
        string known = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        IEnumerable<string> framework = known.Split(Path.PathSeparator).Where(path => Framework.Contains(Path.GetFileNameWithoutExtension(path)));
        return framework.Concat(Parts.Select(static part => part.Location)).Select(path => MetadataReference.CreateFromFile(path));
    }

    private static byte[]? Emit(CSharpCompilation compilation, UserStrategyFaults faults)
    {
        using MemoryStream image = new();

        // The debug information inside the image gives file and line to stack traces.
        EmitResult result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        foreach (Diagnostic diagnostic in result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error))
        {
            faults.Add(diagnostic.Location, $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
        }

        return result.Success ? image.ToArray() : null;
    }

    // The catalog judges types; users look for lines.
    private static void CheckListing(Assembly assembly, StrategyClassRules classes)
    {
        try
        {
            _ = new StrategyCatalog(assembly);
        }
        catch (StrategyInputException refused)
        {
            UserStrategyFaults faults = new();
            foreach (StrategyFault fault in refused.Faults)
            {
                faults.Add(classes.PlaceOf(fault.Value) ?? Location.None, $"{fault.Value}: {fault.Allowed}");
            }

            throw faults.ToException();
        }
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Harrier.Bench.Figures;

/// <summary>Runs a harness of the anchors and reads what it prints: lines such as <c>NAME events=3000000 ns_per_event=73.7</c>.</summary>
internal static class AnchorProgram
{
    private const string Cost = "ns_per_";

    /// <summary>Runs the program a number of times.</summary>
    /// <param name="path">An executable, or an assembly for <c>dotnet</c>; null for none.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="runs">How many times.</param>
    /// <returns>Median and least cost in nanoseconds by name, empty without a program. What it prints is its own median already.</returns>
    public static IReadOnlyDictionary<string, (double Median, double Least)> Run(string? path, IReadOnlyList<string> arguments, int runs = 5)
    {
        Dictionary<string, List<double>> costs = [];
        for (int i = 0; i < runs && path is not null; i++)
        {
            bool isAssembly = path.EndsWith(".dll", StringComparison.Ordinal);
            ProcessStartInfo start = new(isAssembly ? "dotnet" : path, isAssembly ? [path, .. arguments] : arguments) { RedirectStandardOutput = true };
            using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start");
            Read(process.StandardOutput.ReadToEnd(), costs);
            process.WaitForExit();
        }

        return costs.ToDictionary(one => one.Key, one => (one.Value.Order().ElementAt(one.Value.Count / 2), one.Value.Min()));
    }

    private static void Read(string output, Dictionary<string, List<double>> into)
    {
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split(' ');
            string? cost = Array.Find(fields, field => field.StartsWith(Cost, StringComparison.Ordinal));
            if (cost is not null)
            {
                string name = string.Join(' ', fields.TakeWhile(field => !field.Contains('=', StringComparison.Ordinal)));
                into.TryAdd(name, []);
                into[name].Add(double.Parse(cost.AsSpan(cost.IndexOf('=', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture));
            }
        }
    }
}

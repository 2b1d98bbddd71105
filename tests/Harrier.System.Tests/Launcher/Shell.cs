using System.Diagnostics;

namespace Harrier.System.Tests.Launcher;

/// <summary>What a finished process left.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
}

/// <summary>Runs scripts as a user would.</summary>
internal static class Shell
{
    /// <summary>The first match on the PATH; null when the tool is not installed.</summary>
    public static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(f => f.Length > 0).Select(f => Path.Combine(f, tool)).FirstOrDefault(File.Exists);

    /// <summary>Skips the test when scripts cannot run here.</summary>
    public static string RequireBash()
    {
        var bash = Find("bash");
        if (bash is null)
        {
            Assert.Skip("bash is not installed: the launcher was not tested");
        }

        return bash;
    }

    public static async Task<Outcome> RunAsync(string script, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(RequireBash(), [script, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var stop = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new Outcome(process.ExitCode, await output, await errors);
    }
}

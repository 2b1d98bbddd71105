using System.Diagnostics;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>The built program in a folder of its own, run as another program would run it.</summary>
internal sealed class HarrierProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("harrier-cli-");

    public string Folder => _folder.FullName;

    /// <summary>Every file and folder here, relative and sorted.</summary>
    public string[] Entries => [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    private static string Library
    {
        get
        {
            DirectoryInfo? root = new(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "Harrier.slnx")))
            {
                root = root.Parent;
            }

            string configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(root!.FullName, "artifacts", "bin", "Harrier.Cli", configuration, "harrier.dll");
        }
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public Task<Outcome> RunAsync(params string[] arguments) => RunInAsync("", arguments);

    public async Task<Outcome> RunInAsync(string subfolder, params string[] arguments)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using Process process = Start(subfolder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
        Task<string> errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new Outcome(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts the program and leaves it running.</summary>
    public Process Start(string subfolder, params string[] arguments)
    {
        // A background job of a shell ignores SIGINT, and so would what it starts: a test that sends it must not depend on who started the tests.
        (string program, string[] before) = OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT", "dotnet"]) : ("dotnet", Array.Empty<string>());
        return Process.Start(new ProcessStartInfo(program, [.. before, Library, .. arguments])
        {
            WorkingDirectory = PathOf(subfolder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

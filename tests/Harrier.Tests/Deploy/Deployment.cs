using System.Diagnostics;
using YamlDotNet.Serialization;

namespace Harrier.Tests.Deploy;

/// <summary>The files of a deployment, and the tools that judge them.</summary>
internal static class Deployment
{
    /// <summary>The folder that the files' paths begin in.</summary>
    public static string Root { get; } = FindRoot();

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>A YAML file as nested dictionaries and lists; a key that stands twice is a fault.</summary>
    public static Dictionary<object, object> Yaml(string file) => new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<Dictionary<object, object>>(Read(file));

    public static Dictionary<object, object> Child(this Dictionary<object, object> parent, string name) => (Dictionary<object, object>)parent[name];

    public static string[] Texts(this Dictionary<object, object> parent, string name) => [.. ((List<object>)parent[name]).Cast<string>()];

    /// <summary>Runs a tool; skips the test, loudly, where it is not installed.</summary>
    public static (int Code, string Said) Tool(string name, params string[] arguments)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];
        string? tool = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (tool is null)
        {
            Assert.Skip($"{name} is not installed");
        }

        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(name);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("docker-compose.yml");
    }
}

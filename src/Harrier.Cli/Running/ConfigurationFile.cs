namespace Harrier.Cli.Running;

/// <summary>A file with a configuration, or a part of one.</summary>
internal static class ConfigurationFile
{
    private static readonly string[] Endings = [".json", ".yaml", ".yml"];

    /// <summary>Reads its text.</summary>
    /// <param name="option">The option that names it, for faults.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="InputException">It cannot be read, or is of another kind.</exception>
    public static string Load(string option, string file)
    {
        if (!Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InputException(option, file, "a file in JSON or YAML whose name ends with .json, .yaml or .yml");
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(option, file, "a file that can be read");
        }
    }
}

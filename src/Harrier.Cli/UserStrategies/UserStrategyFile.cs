using System.Text;
using Harrier.Engine.Strategies;

namespace Harrier.Cli.UserStrategies;

/// <summary>The source text of a user's strategies.</summary>
/// <param name="Name">The path as the user knows it, for messages.</param>
/// <param name="Text">What is in it.</param>
public sealed record UserStrategyFile(string Name, string Text)
{
    /// <summary>The folder of the working folder whose files are always there to choose from.</summary>
    public const string FolderName = "strategies";

    /// <summary>The option that names a single file, and the field of every fault in one.</summary>
    public const string Field = "strategy-file";

    /// <summary>Reads one file.</summary>
    /// <param name="path">Its path; relative to <paramref name="folder"/> unless rooted.</param>
    /// <param name="folder">The working folder.</param>
    /// <exception cref="StrategyInputException">It cannot be read.</exception>
    public static UserStrategyFile Read(string path, string folder)
    {
        try
        {
            return new UserStrategyFile(path, File.ReadAllText(Path.Combine(folder, path), Encoding.UTF8));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StrategyInputException(new StrategyFault(Field, path, "a C# file that exists and can be read"));
        }
    }

    /// <summary>Reads every C# file directly in <c>strategies/</c> of a working folder, in the order of their names.</summary>
    /// <returns>None when there is no such folder.</returns>
    /// <exception cref="StrategyInputException">One cannot be read.</exception>
    public static IReadOnlyList<UserStrategyFile> ReadFolder(string folder)
    {
        string strategies = Path.Combine(folder, FolderName);
        if (!Directory.Exists(strategies))
        {
            return [];
        }

        IEnumerable<string> names = Directory.EnumerateFiles(strategies, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
        return [.. names.Select(name => Read($"{FolderName}/{name}", folder))];
    }
}

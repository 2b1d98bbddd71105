using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Harrier.Engine.Strategies;
using Harrier.Strategies;

namespace Harrier.Cli.UserStrategies;

/// <summary>The strategies to choose from: the built-in ones and the user's.</summary>
public sealed class AvailableStrategies
{
    private readonly string? _userHash;

    private AvailableStrategies(StrategyCatalog catalog, StrategyCatalog? ofFile, string? userHash)
    {
        Catalog = catalog;
        OfFile = ofFile;
        _userHash = userHash;
    }

    /// <summary>All of them.</summary>
    public StrategyCatalog Catalog { get; }

    /// <summary>Those of the single file that was named; null when none was.</summary>
    public StrategyCatalog? OfFile { get; }

    /// <summary>
    /// Finds what there is: the built-in strategies and those of one file, or without one those of every C# file in <c>strategies/</c> of
    /// the working folder.
    /// </summary>
    /// <param name="strategyFile">A C# file; null for the folder.</param>
    /// <param name="workingFolder">What relative paths start from.</param>
    /// <exception cref="StrategyInputException">A file cannot be read or compiled, or breaks the rules for strategies.</exception>
    public static AvailableStrategies Find(string? strategyFile, string workingFolder)
    {
        Assembly builtIn = typeof(MeanReversion).Assembly;
        StrategyCatalog catalog = new(builtIn);
        IReadOnlyList<UserStrategyFile> files =
            strategyFile is null ? UserStrategyFile.ReadFolder(workingFolder) : [UserStrategyFile.Read(strategyFile, workingFolder)];
        if (files.Count == 0)
        {
            return new AvailableStrategies(catalog, null, null);
        }

        HashSet<string> taken = [.. catalog.Strategies.Select(strategy => strategy.Key)];
        Assembly own = UserStrategyCompiler.Load(CompiledStrategies.OfUser.Find(files, taken, () => UserStrategyCompiler.Image(files, taken)));
        return new AvailableStrategies(new StrategyCatalog(builtIn, own), strategyFile is null ? null : new StrategyCatalog(own), Hash(files));
    }

    /// <summary>True for a strategy that a user wrote.</summary>
    public static bool IsUserWritten(StrategyDescriptor strategy) => strategy.Type.Assembly.IsCollectible;

    /// <summary>SHA-256 of the source a strategy was compiled from, in lower-case hexadecimal; null for a built-in one.</summary>
    public string? SourceHash(StrategyDescriptor strategy) => IsUserWritten(strategy) ? _userHash : null;

    private static string Hash(IReadOnlyList<UserStrategyFile> files)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (UserStrategyFile file in files)
        {
            byte[] text = Encoding.UTF8.GetBytes(file.Text);
            hash.AppendData(BitConverter.GetBytes(text.LongLength));
            hash.AppendData(text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using System.CommandLine;
using Harrier.Cli.UserStrategies;
using Harrier.Engine.Strategies;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Options;

/// <summary>A strategy as chosen on the command line.</summary>
/// <param name="Configured">A new instance, its class and all its parameters.</param>
/// <param name="SourceHash">SHA-256 of the user's source; null for a built-in strategy. Part of what identifies a run.</param>
/// <param name="Preset">Where parameters that were not given come from; null for their defaults.</param>
public sealed record StrategyChoice(ConfiguredStrategy Configured, string? SourceHash, Preset? Preset = null)
{
    /// <summary>Names and values of all parameters, defaults included: numbers, flags, and words for enumerations.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Parameters =>
        [.. Configured.Arguments.Select(argument => KeyValuePair.Create(argument.Parameter.Name, argument.Value is Enum ? argument.Text : (object?)argument.Value))];
}

/// <summary>The options <c>--strategy</c>, <c>--strategy-file</c>, <c>--preset</c> and <c>--param</c>, the same for every verb that runs a strategy.</summary>
/// <param name="fallback">Key of the strategy when none is chosen; null where one must be.</param>
public sealed class StrategyOptions(string? fallback = null)
{
    private const string NoneGiven = "none given";

    private readonly Option<string?> _key = new("--strategy") { Description = "key of the strategy, see the verb strategies", HelpName = "KEY" };
    private readonly Option<string?> _file = new("--strategy-file") { Description = "C# file with a strategy of your own", HelpName = "F" };
    private readonly Option<string?> _preset = new("--preset")
    {
        Description = "a preset by name or file, from which parameters come that are not given: " + string.Join(", ", PresetFolders.Usual().Names()),
        HelpName = "P",
    };

    private readonly Option<string[]> _parameters = new("--param")
    {
        Description = "a parameter of the strategy; may be repeated",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_key);
        verb.Options.Add(_file);
        verb.Options.Add(_preset);
        verb.Options.Add(_parameters);
    }

    /// <summary>Makes the strategy that was asked for.</summary>
    /// <exception cref="StrategyInputException">The choice, a parameter or a user's file is at fault.</exception>
    /// <exception cref="PresetException">There is no such preset, something in it is not allowed, or the strategy takes nothing of it.</exception>
    public StrategyChoice Read(ParseResult parsed)
    {
        Preset? preset = parsed.GetValue(_preset) is { } name ? PresetFolders.Usual().Find(name) : null;
        string? key = parsed.GetValue(_key) ?? (parsed.GetValue(_file) is null ? fallback : null);
        return Choose(key, parsed.GetValue(_file), parsed.GetValue(_parameters) ?? [], Directory.GetCurrentDirectory(), preset);
    }

    /// <summary>Makes a strategy from the texts of the options.</summary>
    /// <param name="key">Its key; may be null when the file holds only one.</param>
    /// <param name="file">A C# file; null for the built-in strategies and those of the working folder.</param>
    /// <param name="parameters">Texts of the form name=value.</param>
    /// <param name="workingFolder">What relative paths start from.</param>
    /// <param name="preset">Where parameters that are not given come from; null for their defaults.</param>
    /// <exception cref="StrategyInputException">The choice, a parameter or a user's file is at fault.</exception>
    /// <exception cref="PresetException">The strategy takes nothing of the preset.</exception>
    public static StrategyChoice Choose(string? key, string? file, IReadOnlyList<string> parameters, string workingFolder, Preset? preset = null)
    {
        AvailableStrategies available = AvailableStrategies.Find(file, workingFolder);
        StrategyCatalog catalog = available.OfFile ?? available.Catalog;
        StrategyDescriptor strategy = key is not null ? catalog.Find(key) : OnlyOne(available.OfFile, catalog);
        return new StrategyChoice(Configure(strategy, parameters, preset), available.SourceHash(strategy), preset);
    }

    private static StrategyDescriptor OnlyOne(StrategyCatalog? ofFile, StrategyCatalog catalog) => ofFile is { Strategies: [{ } only] }
        ? only
        : throw new StrategyInputException(new StrategyFault(
            "strategy", NoneGiven, "one of " + string.Join(", ", catalog.Strategies.Select(strategy => strategy.Key))));

    private static ConfiguredStrategy Configure(StrategyDescriptor strategy, IReadOnlyList<string> parameters, Preset? preset)
    {
        List<StrategyFault> faults = [];
        List<KeyValuePair<string, string>> values = [];
        foreach (string parameter in parameters)
        {
            int equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Add(new StrategyFault("param", parameter, "name=value"));
                continue;
            }

            values.Add(KeyValuePair.Create(parameter[..equals].Trim(), parameter[(equals + 1)..].Trim()));
        }

        if (preset is not null)
        {
            values.AddRange(PresetParameters.Of(preset, strategy).Where(value => values.TrueForAll(given => given.Key != value.Key)));
        }

        ConfiguredStrategy? configured = null;
        try
        {
            configured = strategy.Configure(values);
        }
        catch (StrategyInputException others)
        {
            faults.AddRange(others.Faults);
        }

        return faults.Count == 0 ? configured! : throw new StrategyInputException(faults);
    }
}

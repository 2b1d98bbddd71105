using System.Collections;
using System.CommandLine;
using System.Text.Json.Nodes;
using Harrier.Cli.Options;
using Harrier.Cli.UserStrategies;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Running;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunRequestOptions
{
    private readonly Option<string?> _config = new("--config") { Description = "accounts and bots in a JSON file; paper bots on the built-in exchange where none is given", HelpName = "F" };
    private readonly Option<string> _home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
    private readonly Option<string?> _for = new("--for") { Description = "end after this time, such as 60s or 5m", HelpName = "T" };
    private readonly Option<bool> _json = new("--json") { Description = "print one JSON object per line" };

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_config, _home, _for, _json])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them, and the configuration.</summary>
    /// <exception cref="InputFaultsException">Options are wrong; all are named.</exception>
    /// <exception cref="ConfigurationException">The configuration is wrong; all that is, is named.</exception>
    public RunRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        string? home = faults.Try(() => OutputFolder.Check("--home", parsed.GetRequiredValue(_home)));
        TimeSpan? length = faults.Try(() => parsed.GetValue(_for) is { } text ? OptionText.Span("--for", text) : (TimeSpan?)null);
        string? text = faults.Try(() => parsed.GetValue(_config) is { } file ? Load(file) : DefaultBots.Text);
        faults.ThrowIfAny();
        JsonObject tree = ConfigurationTree.Parse(parsed.GetValue(_config) ?? "the default", text!);
        ConfigurationTree.Apply(tree, Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));
        return new RunRequest(home!, Reader().Read(tree)) { For = length, IsJson = parsed.GetValue(_json), HasConfig = parsed.GetValue(_config) is not null };
    }

    /// <summary>Reads settings of accounts with the strategies and venues of this program.</summary>
    public static SettingsReader Reader() =>
        new(AvailableStrategies.Find(null, Directory.GetCurrentDirectory()).Catalog, [.. VenueAliases.Known.Where(static venue => Composition.Exchanges.Of(venue).Recorded(venue) is not null)]);

    private static string Load(string file)
    {
        if (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException("config", file, "a file in JSON whose name ends with .json");
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException("config", file, "a file that can be read");
        }
    }
}

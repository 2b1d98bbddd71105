using System.CommandLine;
using Harrier.Testnet.Markets;

namespace Harrier.Cli.Options;

/// <summary><c>--scenario</c>: what kind of days the market of the built-in exchange has.</summary>
/// <param name="usual">Where nothing is said.</param>
internal sealed class ScenarioOption(string usual)
{
    private static readonly Dictionary<string, MarketScenario> Names = new(StringComparer.Ordinal) { ["calm"] = MarketScenario.Calm, ["lively"] = MarketScenario.Lively };

    private readonly Option<string?> _option = new("--scenario") { Description = $"of the built-in market: calm, or lively for runs of several percent a minute [{usual}]", HelpName = "S" };

    /// <summary>Adds it to a verb.</summary>
    public void AddTo(Command verb) => verb.Options.Add(_option);

    /// <summary>True where something was said.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_option) is not null;

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public MarketScenario Read(ParseResult parsed) => OptionText.Choice("--scenario", parsed.GetValue(_option) ?? usual, Names);
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Harrier.Cli.Options;

/// <summary>Says what is wrong with a command line that could not be parsed, in the form that all bad input has.</summary>
internal static class ParseFaults
{
    private const string NoneGiven = "none given";

    /// <summary>One line per fault: field, value, what is allowed. Empty when the command line is well formed.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return [];
        }

        Command command = parsed.CommandResult.Command;
        List<string> faults = command.Subcommands.Count > 0 ? [VerbFault(parsed, command)] : [.. TokenFaults(parsed, command), .. ValueFaults(parsed, command)];
        return faults.Count > 0 ? faults : [.. parsed.Errors.Select(error => "arguments: " + error.Message)];
    }

    private static string VerbFault(ParseResult parsed, Command command)
    {
        string given = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : NoneGiven;
        return $"verb: {given}: one of {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}; --help says more";
    }

    private static IEnumerable<string> TokenFaults(ParseResult parsed, Command command) =>
        parsed.UnmatchedTokens.Select(token => $"argument: {token}: an option that {command.Name} has; {command.Name} --help lists them");

    private static IEnumerable<string> ValueFaults(ParseResult parsed, Command command)
    {
        foreach (Argument argument in command.Arguments)
        {
            if (argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is null or { Tokens.Count: 0 })
            {
                yield return $"{argument.Name}: {NoneGiven}: {argument.Description}";
            }
        }

        foreach (Option option in command.Options)
        {
            if (FaultOf(parsed.GetResult(option), option) is { } fault)
            {
                yield return $"{option.Name.TrimStart('-')}: {fault}";
            }
        }
    }

    private static string? FaultOf(OptionResult? result, Option option) => result switch
    {
        null or { Implicit: true } => option.Required ? $"{NoneGiven}: {option.Description}" : null,
        { Tokens.Count: 0 } when option.Arity.MinimumNumberOfValues > 0 => $"{NoneGiven}: {option.Description}",
        _ when result.Tokens.Count > option.Arity.MaximumNumberOfValues => $"{string.Join(", ", result.Tokens.Select(token => token.Value))}: given once",
        _ => null,
    };
}

using System.CommandLine;
using Harrier.Cli.Verbs;

namespace Harrier.Cli.MarketData;

/// <summary>What a verb over the market data store does.</summary>
/// <param name="parsed">Its options.</param>
/// <param name="output">Standard output.</param>
/// <param name="stop">Set when the user ends it; the verb then gives up with an <see cref="OperationCanceledException"/>.</param>
/// <returns>The exit code.</returns>
internal delegate int StoreAction(ParseResult parsed, TextWriter output, CancellationToken stop);

/// <summary>Ties actions to the verbs over the store.</summary>
internal static class StoreActions
{
    /// <summary>The exit code of a check that found something.</summary>
    public const int Found = 1;

    /// <summary>Makes a verb do something.</summary>
    public static Command Does(this Command command, StoreAction action)
    {
        command.Does(null, (parsed, streams, stop) => action(parsed, streams.Output, stop));
        return command;
    }
}

using System.CommandLine;

namespace Harrier.Cli.Verbs;

/// <summary>Ties what verbs do to their commands: faults become lines and exit codes, and the user can stop them.</summary>
internal static class VerbAction
{
    /// <summary>Makes a command do something that takes a while.</summary>
    /// <param name="command">The command.</param>
    /// <param name="verbose">Whether a failure shows its stack trace; null for a verb without that option.</param>
    /// <param name="run">Reads the options and does it; its result is the exit code. It gives up with an <see cref="OperationCanceledException"/> when it is told to stop.</param>
    public static void Does(this Command command, Option<bool>? verbose, Func<ParseResult, InvocationConfiguration, CancellationToken, int> run) =>
        command.SetAction((parsed, stop) => Task.Run(
            () => BadInput.Guard(
                parsed.InvocationConfiguration.Error,
                () => run(parsed, parsed.InvocationConfiguration, stop),
                verbose is not null && parsed.GetValue(verbose)),
            CancellationToken.None));

    /// <summary>As the other, for what waits for networks and disks.</summary>
    public static void Does(this Command command, Option<bool>? verbose, Func<ParseResult, InvocationConfiguration, CancellationToken, Task<int>> run) =>
        command.Does(verbose, (parsed, streams, stop) => run(parsed, streams, stop).GetAwaiter().GetResult());
}

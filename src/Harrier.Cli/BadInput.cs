using Harrier.Engine.Strategies;
using Harrier.Features.Indicators;
using Harrier.Storage.Bars;

namespace Harrier.Cli;

/// <summary>Turns faults that a person can correct into lines and an exit code.</summary>
public static class BadInput
{
    /// <summary>The exit code for bad input.</summary>
    public const int ExitCode = 2;

    /// <summary>
    /// Runs a verb. Exceptions that stand for bad input are printed as one line per fault, <c>error: FIELD: VALUE: what is allowed</c>,
    /// without a stack trace; all others pass.
    /// </summary>
    /// <returns>What the verb returned, or 2.</returns>
    public static int Guard(TextWriter errors, Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (Exception exception) when (LinesOf(exception) is { } lines)
        {
            foreach (string line in lines)
            {
                errors.WriteLine("error: " + line.ReplaceLineEndings(" "));
            }

            return ExitCode;
        }
    }

    private static IEnumerable<string>? LinesOf(Exception exception) => exception switch
    {
        StrategyInputException strategy => strategy.Faults.Select(fault => fault.ToString()),
        InputException or BarDataException or IndicatorParameterException => [exception.Message],
        _ => null,
    };
}

using Harrier.Engine.Strategies;
using Harrier.Features.Indicators;
using Harrier.Storage.Bars;

namespace Harrier.Cli;

/// <summary>Turns faults that a person can correct into lines and an exit code.</summary>
public static class BadInput
{
    /// <summary>The exit code for bad input.</summary>
    public const int ExitCode = 2;

    private const int Failure = 1;

    /// <summary>
    /// Runs a verb. Exceptions that stand for bad input are printed as one line per fault, <c>error: FIELD: VALUE: what is allowed</c>,
    /// and give 2. Any other is a failure: one line, and the stack trace where the caller asked for it, and 1.
    /// </summary>
    /// <returns>What the verb returned, 2 or 1; 0 when the user stopped it.</returns>
    public static int Guard(TextWriter errors, Func<int> verb, bool isVerbose = false)
    {
        try
        {
            return verb();
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception exception) when (LinesOf(exception) is { } lines)
        {
            foreach (string line in lines)
            {
                errors.WriteLine("error: " + line.ReplaceLineEndings(" "));
            }

            return ExitCode;
        }
        catch (Exception exception)
        {
            errors.WriteLine("error: " + exception.Message.ReplaceLineEndings(" "));
            if (isVerbose)
            {
                errors.WriteLine(exception);
            }

            return Failure;
        }
    }

    private static IEnumerable<string>? LinesOf(Exception exception) => exception switch
    {
        StrategyInputException strategy => strategy.Faults.Select(fault => fault.ToString()),
        InputException or BarDataException or IndicatorParameterException => [exception.Message],
        _ => null,
    };
}

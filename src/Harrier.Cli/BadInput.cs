using Harrier.Engine.Strategies;
using Harrier.Features.Indicators;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;
using Harrier.Strategies.Presets;

namespace Harrier.Cli;

/// <summary>Turns faults that a person can correct into lines and an exit code.</summary>
public static class BadInput
{
    /// <summary>The exit code for bad input.</summary>
    public const int ExitCode = 2;

    /// <summary>Characters of a line of an error message, after which it is cut in the middle.</summary>
    public const int LongestLine = 1000;

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
            Show(errors, lines);
            return ExitCode;
        }
        catch (Exception exception)
        {
            Show(errors, [exception.Message]);
            if (isVerbose)
            {
                errors.WriteLine(exception);
            }

            return Failure;
        }
    }

    /// <summary>
    /// Prints faults, one line each. What they quote from files may be anything: control characters, with which a file could steer a
    /// terminal, are made visible, and a line ends after <see cref="LongestLine"/> characters.
    /// </summary>
    public static void Show(TextWriter errors, IEnumerable<string> faults)
    {
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(faults);
        foreach (string fault in faults)
        {
            string line = "error: " + fault.ReplaceLineEndings(" ");
            string shown = line.Length <= LongestLine ? line : string.Concat(line.AsSpan(0, LongestLine / 2), " ... ", line.AsSpan(line.Length - (LongestLine / 2)));
            errors.WriteLine(string.Create(shown.Length, shown, static (target, source) =>
            {
                for (int i = 0; i < source.Length; i++)
                {
                    target[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
                }
            }));
        }
    }

    private static IEnumerable<string>? LinesOf(Exception exception) => exception switch
    {
        InputFaultsException several => several.Lines,
        ConfigurationException configuration => configuration.Faults,
        StrategyInputException strategy => strategy.Faults.Select(fault => fault.ToString()),
        InputException or BarDataException or IndicatorParameterException or StoreException or PresetException or PortfolioInputException => [exception.Message],
        _ => null,
    };
}

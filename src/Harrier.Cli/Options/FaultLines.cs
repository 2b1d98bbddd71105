using Harrier.Engine.Strategies;
using Harrier.Features.Indicators;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Options;

/// <summary>Runs a verb and turns what a person can correct into lines of the form <c>error: FIELD: VALUE: what is allowed</c>.</summary>
internal static class FaultLines
{
    private const int Failed = 1;
    private const int BadInput = 2;

    /// <summary>Runs the verb.</summary>
    /// <returns>What it returns; 2 after bad input, 1 after a failure.</returns>
    public static int Guard(bool isVerbose, Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (InputException e)
        {
            return Print(e.Message);
        }
        catch (BarDataException e)
        {
            return Print(e.Message);
        }
        catch (IndicatorParameterException e)
        {
            return Print(e.Message);
        }
        catch (StrategyInputException e)
        {
            foreach (StrategyFault fault in e.Faults)
            {
                Print(fault.ToString());
            }

            return BadInput;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e)
        {
            Print(isVerbose ? e.ToString() : $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            return Failed;
        }
    }

    private static int Print(string fault)
    {
        Console.Error.WriteLine("error: " + fault);
        return BadInput;
    }
}

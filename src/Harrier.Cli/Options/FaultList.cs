using Harrier.Engine.Strategies;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Options;

/// <summary>Gathers what is wrong with the options of one command line, so that a person sees all faults at once.</summary>
internal sealed class FaultList
{
    private readonly List<string> _lines = [];

    /// <summary>Reads a value; a fault is noted, and the value is the default of its type.</summary>
    public T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InputException fault)
        {
            _lines.Add(fault.Message);
        }
        catch (PresetException fault)
        {
            _lines.Add(fault.Message);
        }
        catch (StrategyInputException faults)
        {
            _lines.AddRange(faults.Faults.Select(fault => fault.ToString()));
        }

        return default;
    }

    /// <summary>Ends the reading when anything was wrong.</summary>
    /// <exception cref="InputFaultsException">At least one fault was noted.</exception>
    public void ThrowIfAny()
    {
        if (_lines.Count > 0)
        {
            throw new InputFaultsException(_lines);
        }
    }
}

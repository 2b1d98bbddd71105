using Harrier.Engine.Strategies;
using Microsoft.CodeAnalysis;

namespace Harrier.Cli.UserStrategies;

/// <summary>Collects what is wrong with user code, each place and message once.</summary>
internal sealed class UserStrategyFaults
{
    private readonly HashSet<(string File, int Line, int Column, string Message)> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>Adds a fault at a place, shown as <c>file(line,column)</c> counted from 1.</summary>
    public void Add(Location place, string message)
    {
        FileLinePositionSpan span = place.GetLineSpan();
        _found.Add((span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, message));
    }

    /// <summary>The faults in the order of files and lines.</summary>
    public StrategyInputException ToException() => new(
        [.. _found.Order().Select(fault => new StrategyFault(UserStrategyFile.Field, $"{fault.File}({fault.Line},{fault.Column})", fault.Message))]);
}

using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Harrier.Engine.Strategies;

/// <summary>One thing that is wrong with the choice of a strategy, its parameters or its class.</summary>
/// <param name="Field">The parameter, <c>strategy</c> for its key, or <c>strategy class</c> for its code.</param>
/// <param name="Value">What was given.</param>
/// <param name="Allowed">What would be accepted.</param>
public readonly record struct StrategyFault(string Field, string Value, string Allowed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Value}: {Allowed}";
}

/// <summary>A strategy cannot be made as asked for; all faults are listed, not only the first.</summary>
public sealed class StrategyInputException : ArgumentException
{
    /// <summary>Carries the faults.</summary>
    public StrategyInputException(params IReadOnlyList<StrategyFault> faults)
        : base(string.Join('\n', faults)) => Faults = faults;

    /// <summary>What is wrong; 1 or more.</summary>
    public IReadOnlyList<StrategyFault> Faults { get; }

    /// <summary>For rules between parameters, in a strategy's constructor: throws when <paramref name="holds"/> is false.</summary>
    /// <param name="holds">The rule.</param>
    /// <param name="value">The setting at fault, as <c>settings.Fast</c>; the name behind the dot names the field.</param>
    /// <param name="allowed">What would be accepted.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <exception cref="StrategyInputException">The rule is broken.</exception>
    public static void Require(bool holds, double value, string allowed, [CallerArgumentExpression(nameof(value))] string expression = "")
    {
        if (!holds)
        {
            string field = JsonNamingPolicy.SnakeCaseLower.ConvertName(expression[(expression.LastIndexOf('.') + 1)..]);
            throw new StrategyInputException(new StrategyFault(field, FormattableString.Invariant($"{value}"), allowed));
        }
    }
}

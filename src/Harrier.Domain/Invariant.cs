using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Harrier.Domain;

/// <summary>Checks that stay on in release builds: a broken one is our bug, and trading must stop.</summary>
public static class Invariant
{
    /// <summary>Throws when <paramref name="holds"/> is false.</summary>
    /// <exception cref="InvariantException">The invariant is broken.</exception>
    public static void That([DoesNotReturnIf(false)] bool holds, string statement)
    {
        if (!holds)
        {
            throw new InvariantException(statement);
        }
    }

    /// <summary>Throws when <paramref name="holds"/> is false; the statement's text is put together only then.</summary>
    /// <exception cref="InvariantException">The invariant is broken.</exception>
    public static void That([DoesNotReturnIf(false)] bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref InvariantStatement statement)
    {
        if (!holds)
        {
            throw new InvariantException(statement.ToString());
        }
    }
}

/// <summary>The text of a broken invariant; empty, and free of cost, for one that holds.</summary>
[InterpolatedStringHandler]
public readonly ref struct InvariantStatement
{
    private readonly StringBuilder? _text;

    /// <summary>Called by the compiler.</summary>
    public InvariantStatement(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = isNeeded ? new StringBuilder(literalLength + (formattedCount * 8)) : null;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _text!.Append(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value) => _text!.Append(value);

    /// <inheritdoc/>
    public override string ToString() => _text?.ToString() ?? "";
}

/// <summary>A statement that must always hold did not. The engine halts; the cure is in the code, never in a retry.</summary>
public sealed class InvariantException(string statement) : Exception("Invariant broken: " + statement);

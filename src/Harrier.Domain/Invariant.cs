using System.Diagnostics.CodeAnalysis;

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
}

/// <summary>A statement that must always hold did not. The engine halts; the cure is in the code, never in a retry.</summary>
public sealed class InvariantException(string statement) : Exception("Invariant broken: " + statement);

using System.Diagnostics;

namespace Harrier.Exchanges;

/// <summary>A value that must never be seen: no text form, debugger view or comparison shows it; only <see cref="Reveal"/> does.</summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Hides <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public Secret(string value)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException("a secret must not be empty", nameof(value));
        }

        _value = value;
        KnownSecrets.Add(this);
    }

    /// <summary>The hidden text, for the signing code alone; its result must not be stored, logged or put in a message.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>***</c>, whatever the length of the secret.</summary>
    public override string ToString() => "***";
}

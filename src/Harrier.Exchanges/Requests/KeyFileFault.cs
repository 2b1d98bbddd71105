namespace Harrier.Exchanges.Requests;

/// <summary>What is wrong with a key file; no part of it ever holds a secret.</summary>
/// <param name="Field">The field at fault, or <c>file</c>.</param>
/// <param name="Value">What was found, where that may be shown.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record KeyFileFault(string Field, string Value, string Allowed)
{
    /// <summary>One line: field, value, what is allowed.</summary>
    public override string ToString() => $"{Field}: {Value}: {Allowed}";
}

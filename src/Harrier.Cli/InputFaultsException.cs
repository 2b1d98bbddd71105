namespace Harrier.Cli;

/// <summary>Several faults of one input that a person can correct; shown as one line each and answered with exit code 2.</summary>
/// <param name="lines">The faults as field, value and what is allowed; at least one.</param>
public sealed class InputFaultsException(IReadOnlyList<string> lines) : Exception(string.Join("; ", lines))
{
    /// <summary>One line for each fault.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}

namespace Harrier.Hosting.Configuration;

/// <summary>A configuration is not usable.</summary>
/// <param name="faults">Everything that is wrong with it, one line each: field, value, what is allowed.</param>
public sealed class ConfigurationException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>Everything that is wrong, one line each.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}

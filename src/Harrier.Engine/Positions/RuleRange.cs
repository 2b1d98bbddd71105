namespace Harrier.Engine.Positions;

/// <summary>One way to say that a setting is out of its range.</summary>
internal static class RuleRange
{
    /// <exception cref="ArgumentException">The setting is out of range.</exception>
    public static void Require(bool isInRange, string name, object? value, string allowed)
    {
        if (!isInRange)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} must be {allowed}, got {value}"), name);
        }
    }
}

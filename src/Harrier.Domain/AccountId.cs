namespace Harrier.Domain;

/// <summary>One account at one venue, by the name its owner gave it. One engine runs per account.</summary>
/// <param name="Name">The name in configuration.</param>
public readonly record struct AccountId(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

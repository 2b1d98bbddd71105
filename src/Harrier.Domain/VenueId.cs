namespace Harrier.Domain;

/// <summary>
/// A place to trade, in lower case: <c>binance-spot</c>, or <c>sim-...</c> for data that did not come from a real venue.
/// An instrument is a venue and a symbol, never a symbol alone.
/// </summary>
public readonly record struct VenueId
{
    private readonly string? _name;

    /// <summary>The venue with this name.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds anything but lower case letters, digits and dashes.</exception>
    public VenueId(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            throw new ArgumentException($"a venue id is lower case letters, digits and dashes, got '{name}'", nameof(name));
        }

        _name = name;
    }

    /// <summary>The name in lower case.</summary>
    public string Name => _name ?? "";

    /// <summary>True for data of the built-in exchange or a synthetic market.</summary>
    public bool IsSimulated => Name.StartsWith("sim-", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

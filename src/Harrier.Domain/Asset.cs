namespace Harrier.Domain;

/// <summary>A currency or coin, by its code in upper case: BTC, USDT.</summary>
public readonly record struct Asset
{
    private readonly string? _code;

    /// <summary>The asset with this code; letters are taken in upper case.</summary>
    /// <exception cref="ArgumentException">The code is empty or holds white space.</exception>
    public Asset(string code)
    {
        if (string.IsNullOrWhiteSpace(code) || code.AsSpan().ContainsAny(' ', '\t', '\n'))
        {
            throw new ArgumentException($"an asset code must not be empty or hold white space, got '{code}'", nameof(code));
        }

        _code = code.ToUpperInvariant();
    }

    /// <summary>The code in upper case.</summary>
    public string Code => _code ?? "";

    /// <inheritdoc/>
    public override string ToString() => Code;
}

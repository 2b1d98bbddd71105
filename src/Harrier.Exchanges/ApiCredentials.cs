namespace Harrier.Exchanges;

/// <summary>What a venue knows an account's owner by.</summary>
/// <param name="Key">The public half, sent with each call; shown only by its first four characters.</param>
/// <param name="Secret">The private half, which signs.</param>
public sealed record ApiCredentials(string Key, Secret Secret)
{
    private const int ShownLength = 4;

    /// <summary>The key as it may be shown: its first four characters, or none of a key shorter than twelve.</summary>
    public string MaskedKey => Key.Length >= 3 * ShownLength ? Key[..ShownLength] + "***" : "***";

    /// <inheritdoc/>
    public override string ToString() => $"ApiCredentials {{ Key = {MaskedKey}, Secret = *** }}";
}

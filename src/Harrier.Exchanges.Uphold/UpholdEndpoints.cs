namespace Harrier.Exchanges.Uphold;

/// <summary>Where the venue is reached; an origin without a path.</summary>
/// <param name="Rest">REST.</param>
public sealed record UpholdEndpoints(Uri Rest)
{
    /// <summary>The venue itself. Real money.</summary>
    public static UpholdEndpoints Live { get; } = new(new Uri("https://api.uphold.com"));

    /// <summary>The venue's own test environment.</summary>
    public static UpholdEndpoints Testnet { get; } = new(new Uri("https://api-sandbox.uphold.com"));

    /// <summary>An exchange at another place, such as the built-in one.</summary>
    public static UpholdEndpoints At(Uri rest) => new(rest);
}

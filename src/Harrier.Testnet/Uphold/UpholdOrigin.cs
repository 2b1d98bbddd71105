using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Uphold;

/// <summary>The venue's place in the host: third port, one origin, one token.</summary>
public static class UpholdOrigin
{
    private const int PortOffset = 2;

    /// <summary>Describes it.</summary>
    /// <param name="seed">Seed of the token.</param>
    /// <param name="market">The broker.</param>
    public static HostedOrigin Of(long seed, HostedMarket market) => new(UpholdFrontEnd.VenueName, PortOffset, [market], (json, address) =>
    {
        json.WriteString("rest", address.Http);
        json.WriteString("token", TokenOf(seed, TestnetAccounts.DefaultName));
    });

    /// <summary>The personal access token of an account.</summary>
    public static string TokenOf(long seed, string account) => TokenBook.TokenOf(seed, account);

    /// <summary>The secret with which an application whose id is the account's name asks for a token.</summary>
    public static string ClientSecretOf(long seed, string account) => TokenBook.SecretOf(seed, account);
}

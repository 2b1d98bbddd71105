using System.Text;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Uphold;

/// <summary>The tokens of all accounts. They follow from the seed; an application's id is the account's name and its secret another text of the seed.</summary>
internal sealed class TokenBook(ExchangeCore core, long seed)
{
    private const int TokenLength = 40;
    private const string Venue = "uphold";
    private const string Basic = "Basic ";

    private readonly Dictionary<string, ExchangeAccount> _byToken = new(StringComparer.Ordinal);

    /// <summary>The personal access token of an account.</summary>
    public static string TokenOf(long seed, string account) => KeyMint.Mint(seed, Venue, account, "token")[..TokenLength];

    /// <summary>The secret with which an application asks for a token in the name of an account.</summary>
    public static string SecretOf(long seed, string account) => KeyMint.Mint(seed, Venue, account, "secret")[..TokenLength];

    /// <summary>Whose token it is; null where it is nobody's. Inside the gate.</summary>
    public ExchangeAccount? OwnerOf(string token)
    {
        if (_byToken.Count < core.Accounts.Count)
        {
            foreach (ExchangeAccount account in core.Accounts)
            {
                _byToken[TokenOf(seed, account.Name)] = account;
            }
        }

        return _byToken.GetValueOrDefault(token);
    }

    /// <summary>Exchanges the credentials of an application for a token. Inside the gate.</summary>
    public BrokerAnswer Issue(string authorization, string form)
    {
        if (!form.Split('&').Contains("grant_type=client_credentials", StringComparer.Ordinal))
        {
            return new BrokerRefusal(400, "unsupported_grant_type", "Only client_credentials is supported");
        }

        string[] parts = authorization.StartsWith(Basic, StringComparison.Ordinal) ? Decoded(authorization[Basic.Length..]).Split(':', 2) : [];
        bool isKnown = parts.Length == 2 && core.ByName(parts[0]) is not null && parts[1] == SecretOf(seed, parts[0]);
        return isKnown
            ? BrokerAnswer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("access_token"u8, TokenOf(seed, parts[0]));
                json.WriteNull("expires_in"u8);
                json.WriteEndObject();
            })
            : new BrokerRefusal(401, "invalid_client", "Client authentication failed");
    }

    private static string Decoded(string text)
    {
        Span<byte> bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length]) : "";
    }
}
